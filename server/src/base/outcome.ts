/** What a function that can fail returns instead of throwing: its value, or why there is none. */
export type Outcome<Value> = Success<Value> | Failure;

/** The value alone. */
export interface Success<Value> {
  readonly value: Value;
  readonly error?: undefined;
}

/** The reason alone. */
export interface Failure {
  readonly value?: undefined;
  /** The reason, in the words of the component that is imitated. */
  readonly error: string;
}

/** A value as an outcome. */
export function success<Value>(value: Value): Success<Value> {
  return { value };
}

/** A reason as an outcome. */
export function failure(error: string): Failure {
  return { error };
}
