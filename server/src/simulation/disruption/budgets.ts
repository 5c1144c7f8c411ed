import { objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { matchesSelector, nothing, selectorOf } from "../../kubernetes/selector.ts";
import type { Selector } from "../../kubernetes/selector.ts";
import type { Pod } from "../engine/pods.ts";
import { answerEviction, budgetStatus } from "./budget.ts";
import type { BudgetForEviction, BudgetStatus, EvictionAnswer } from "./budget.ts";

/** How large the controller of a pod is, `undefined` for a pod without one. */
export type ScaleOf = (pod: Pod) => { readonly id: string; readonly replicas: number } | undefined;

/** A PodDisruptionBudget of the simulated cluster. */
export class Budget {
  readonly name: string;
  readonly spec: JsonObject;
  readonly #namespace: string;
  readonly #selector: Selector;
  readonly #selected = new WeakMap<JsonObject, boolean>();

  constructor(object: JsonObject) {
    this.name = textAt(object, "metadata", "name") ?? "";
    this.#namespace = textAt(object, "metadata", "namespace") ?? "default";
    this.spec = objectAt(object, "spec") ?? {};
    const selector = selectorOf(objectAt(this.spec, "selector"));
    this.#selector = selector.error === undefined ? selector.value : nothing;
  }

  selects(pod: Pod): boolean {
    const known = this.#selected.get(pod.template);
    if (known !== undefined) return known && pod.namespace === this.#namespace;
    const selected = matchesSelector(this.#selector, textMapAt(pod.template, "metadata", "labels"));
    this.#selected.set(pod.template, selected);
    return selected && pod.namespace === this.#namespace;
  }

  /** The budget's status, from the pods as they are. */
  status(pods: Iterable<Pod>, scaleOf: ScaleOf): BudgetStatus {
    const scales = new Map<string, number>();
    let matching = 0;
    let healthy = 0;
    for (const pod of pods) {
      if (!this.selects(pod)) continue;
      matching++;
      if (pod.ready && pod.deletedAt === undefined) healthy++;
      const scale = scaleOf(pod);
      if (scale !== undefined) scales.set(scale.id, scale.replicas);
    }
    return budgetStatus(this.spec, { matching, healthy, scales: [...scales.values()] });
  }
}

/** What the API server says to an eviction of this pod. */
export function evictionAnswer(
  pod: Pod,
  budgets: readonly Budget[],
  pods: Iterable<Pod>,
  scaleOf: ScaleOf,
): EvictionAnswer {
  const all = [...pods];
  const own: readonly BudgetForEviction[] = budgets
    .filter((budget) => budget.selects(pod))
    .map((budget) => ({ name: budget.name, spec: budget.spec, status: budget.status(all, scaleOf) }));
  const { phase, ready } = pod;
  return answerEviction({ phase, ready, terminating: pod.deletedAt !== undefined }, own);
}
