import type { Because } from "../timeline.ts";

/** An event that a controller records on its object, and why it did what it says. */
export interface ControllerEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly because?: Because;
  readonly data?: Readonly<Record<string, number | string>>;
}

/** Why a step is done, with its numbers. */
export interface Reason {
  readonly because: Because;
  readonly data: Readonly<Record<string, number | string>>;
}
