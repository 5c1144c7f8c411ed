/** What a function that can fail returns instead of throwing: its value, or why there is none. */
export type Outcome<Value> = Success<Value> | Failure;

export interface Success<Value> {
  readonly value: Value;
  readonly error?: undefined;
}

export interface Failure {
  readonly value?: undefined;
  /** The reason, in the words of the component that is imitated. */
  readonly error: string;
}

export function success<Value>(value: Value): Success<Value> {
  return { value };
}

export function failure(error: string): Failure {
  return { error };
}
