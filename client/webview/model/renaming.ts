import type { Action } from "../../../server/src/simulation/scenario.ts";
import type { BalanceTuning } from "./balancing.ts";
import type { Tuning } from "./tuning.ts";

/** The names of an object (`Deployment/web`) before and after a person has given it another one. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** What is set stays where an object gets another name; what is done to it and to its pods follows. The same settings where they name none. */
export function renamedTuning(tuning: Tuning, renaming: Renaming): Tuning {
  if (tuning.actions.length === 0) return tuning;
  return { ...tuning, actions: tuning.actions.map((action) => renamedAction(action, renaming)) };
}

/** As {@link renamedTuning}, of the pods that are not ready, end or leave. */
export function renamedBalance(tuning: BalanceTuning, renaming: Renaming): BalanceTuning {
  const { notReady, ending, leaving } = tuning;
  if (notReady.length + ending.length + leaving.length === 0) return tuning;
  const pods = (names: readonly string[]): readonly string[] => names.map((name) => renamedPod(name, renaming));
  return { ...tuning, notReady: pods(notReady), ending: pods(ending), leaving: pods(leaving) };
}

function renamedAction(action: Action, renaming: Renaming): Action {
  if ("killPod" in action) return { ...action, killPod: renamedPod(action.killPod, renaming) };
  const { from, to } = renaming;
  return Object.fromEntries(Object.entries(action).map(([key, value]) => [key, value === from ? to : value])) as Action;
}

/** `web-<1>`, `web-<new>-<2>` or `web-0`: no pod of `web-admin`. */
function renamedPod(pod: string, { from, to }: Renaming): string {
  const prefix = `${nameOf(from)}-`;
  const rest = pod.slice(prefix.length);
  return pod.startsWith(prefix) && /^(<|\d+$)/.test(rest) ? `${nameOf(to)}-${rest}` : pod;
}

function nameOf(object: string): string {
  return object.slice(object.indexOf("/") + 1);
}
