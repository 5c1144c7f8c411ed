import { isDeepStrictEqual } from "node:util";
import { arrayAt, at, isObject, numberAt, objectAt, textAt } from "../../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../../server/src/base/json.ts";
import { conditionOf, hasProgressed, hasTimedOut, isComplete, judgeProgress, requeueAfter, terminatingReplicas } from "../../../server/src/simulation/rollout/deployment-progress.ts";
import { oldPodsRunning } from "../../../server/src/simulation/rollout/deployment-recreate.ts";
import { setsBeyondHistory } from "../../../server/src/simulation/rollout/deployment-revisions.ts";
import { cleanUpUnhealthy, resizeNewSet, shrinkByAvailability, shrinkOldSets } from "../../../server/src/simulation/rollout/deployment-rolling.ts";
import { scale } from "../../../server/src/simulation/rollout/deployment-scale.ts";
import { annotation, newDeployment, noReplicas, sumOf, templateKey, templatesEqual } from "../../../server/src/simulation/rollout/deployment-state.ts";
import type { Condition, Deployment, ReplicaSet } from "../../../server/src/simulation/rollout/deployment-state.ts";
import { DeploymentSync, findNewReplicaSet, replicaSetName, replicasAnnotationsNeedUpdate } from "../../../server/src/simulation/rollout/deployment-sync.ts";
import { reconcileDeployment } from "../../../server/src/simulation/rollout/deployment.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

export const topics: Topics = {
  "rolling-new": answers((inputs) => {
    const sync = rollout(inputs);
    return { scaled: resizeNewSet(sync), newSpec: sync.newSet?.replicas ?? null };
  }),
  "rolling-old": answers((inputs) => {
    const sync = rollout(inputs);
    return { scaled: shrinkOldSets(sync), oldSpec: sync.oldSets[0]?.replicas ?? null };
  }),
  "rolling-cleanup-unhealthy": answers((inputs) => ({
    cleaned: cleanUpUnhealthy(rollout(inputs), numberAt(inputs, "maxCleanup") ?? 0, 0),
  })),
  "rolling-scaledown": answers((inputs) => {
    const sync = rollout(inputs);
    return { scaled: shrinkByAvailability(sync) > 0, oldSpec: sync.oldSets[0]?.replicas ?? null };
  }),
  "scale-proportional": proportionalOutcome,
  "annotation-update": answers((inputs) => {
    const [desired, max] = [numberAt(inputs, "desired") ?? 0, numberAt(inputs, "max") ?? 0];
    const set = replicaSet("web", { annotations: replicaAnnotations(objectAt(inputs, "annotations")) });
    const sized = deployment({ replicas: desired, strategy: rolling(max - desired, 0) });
    return { needsUpdate: replicasAnnotationsNeedUpdate(set, sized) };
  }),
  "rs-counts": answers((inputs) => {
    const sets = arrayAt(inputs, "replicaSets").map(countedSet);
    return {
      spec: sumOf(sets, (set) => set.replicas),
      actual: sumOf(sets, (set) => set.status.replicas),
      terminating: terminatingReplicas(sets) ?? null,
    };
  }),
  "find-new-rs": answers((inputs) => {
    const sets = arrayAt(inputs, "replicaSets").map(namedSet);
    const found = findNewReplicaSet(deployment({}), sets);
    return {
      newRS: found?.name ?? null,
      oldRSs: sets.filter((set) => set !== found).map((set) => set.name).sort(byName),
    };
  }),
  "template-equal": answers((inputs) => {
    const made = (labels: string, image: string): JsonObject => ({
      metadata: { labels: objectAt(inputs, labels) ?? {} },
      spec: { containers: [{ image }] },
    });
    const [a, b] = [made("labelsA", "a"), made("labelsB", at(inputs, "specEqual") === true ? "a" : "b")];
    return { equalIgnoringHash: templatesEqual(a, b) && templatesEqual(b, a) };
  }),
  "deployment-complete": answers((inputs) => ({
    complete: isComplete(deployment({ replicas: numberAt(inputs, "replicas") ?? 0 }), {
      replicas: numberAt(inputs, "statusReplicas") ?? 0,
      updatedReplicas: numberAt(inputs, "updated") ?? 0,
      availableReplicas: numberAt(inputs, "available") ?? 0,
      observedGeneration: 1,
    }),
  })),
  "deployment-progressing": answers((inputs) => ({
    progressing: hasProgressed(counts(objectAt(inputs, "old")), counts(objectAt(inputs, "new"))),
  })),
  "deployment-timedout": answers((inputs) => {
    const timed = deployment(deadline(inputs), { conditions: progressing(objectAt(inputs, "progressing")) });
    return { timedOut: hasTimedOut(timed, timeOf(at(inputs, "now"))) };
  }),
  "progress-requeue": answers((inputs) => {
    const conditions = progressing(objectAt(inputs, "progressingCondition"));
    const timed = deployment({ ...deadline(inputs), replicas: numberAt(inputs, "replicas") ?? 0 }, { conditions });
    const status = { ...timed.status, ...counts(objectAt(inputs, "status")), observedGeneration: 1 };
    const after = requeueAfter(timed, status, timeOf(at(inputs, "now")));
    return { requeueAfterSeconds: after === undefined ? -1 : after / 1000 };
  }),
  "progress-sync": progressOutcome,
  "recreate-old-pods": answers((inputs) => {
    const pods = objectAt(inputs, "pods") ?? {};
    const running = (phases: JsonValue | undefined): number =>
      arrayAt({ phases: phases ?? [] }, "phases").filter((phase) => phase !== "Failed" && phase !== "Succeeded").length;
    const named = arrayAt(inputs, "oldRSs").map((set) => uidSet(set));
    const others = Object.keys(pods).filter((uid) => !named.some((set) => set.name === uid)).map((uid) => replicaSet(uid, {}));
    return { oldPodsRunning: oldPodsRunning([...named, ...others], { unfinished: (set) => running(pods[set.name]) }) };
  }),
  "history-cleanup": historyOutcome,
  "rs-name": answers((inputs) => ({ name: replicaSetName(textAt(inputs, "deployment") ?? "", textAt(inputs, "hash") ?? "") })),
  "trace-lockstep": answers((inputs) => ({ newOldAfterEachChange: lockstep(inputs) })),
};

const newTemplate: JsonObject = { spec: { containers: [{ name: "web", image: "new" }] } };
const oldTemplate: JsonObject = { spec: { containers: [{ name: "web", image: "old" }] } };

function rolling(maxSurge: JsonValue, maxUnavailable: JsonValue): JsonObject {
  return { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } };
}

function deployment(spec: JsonObject, status: Partial<Deployment["status"]> = {}): Deployment {
  const made = newDeployment({
    metadata: { name: "web" },
    spec: { selector: { matchLabels: { app: "web" } }, template: newTemplate, strategy: rolling(0, 0), ...spec },
  });
  return { ...made, status: { ...made.status, ...status } };
}

function replicaSet(name: string, fields: Partial<ReplicaSet>): ReplicaSet {
  const template = fields.template ?? oldTemplate;
  const common = { createdAt: 0, deleted: false, observed: true, annotations: {}, replicas: 0, minReadySeconds: 0 };
  return { ...common, name, status: noReplicas, ...fields, template, templateKey: templateKey(template) };
}

function sized(name: string, input: JsonValue | undefined, fields: Partial<ReplicaSet>): ReplicaSet {
  const available = numberAt(input, "available") ?? 0;
  const status = { ...noReplicas, replicas: available, readyReplicas: available, availableReplicas: available };
  return replicaSet(name, { replicas: numberAt(input, "spec") ?? 0, status, ...fields });
}

function rollout(inputs: JsonObject): DeploymentSync {
  const strategy = rolling(at(inputs, "maxSurge") ?? 0, at(inputs, "maxUnavailable") ?? 0);
  const replicas = numberAt(inputs, "replicas") ?? 10;
  const sets = [sized("old", at(inputs, "old"), {})];
  if (at(inputs, "new") !== undefined) sets.push(sized("new", at(inputs, "new"), { template: newTemplate, createdAt: 1 }));
  return sync(deployment({ replicas, strategy }), sets);
}

function sync(of: Deployment, sets: readonly ReplicaSet[]): DeploymentSync {
  return new DeploymentSync(of, sets, 0, () => "created");
}

/** Writes of the sets in `notUpdated` fail: they keep their size. */
function proportionalOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const failing = arrayAt(row.expected as JsonValue, "notUpdated");
  const { newRS, oldRSs } = proportional(inputs);
  const found = {
    newRS: failing.includes("newRS") ? (at(inputs, "newRS") ?? null) : newRS,
    oldRSs: oldRSs.map((size, index) =>
      failing.includes(`oldRSs[${index}]`) ? (at(inputs, "oldRSs", index) ?? null) : size,
    ),
    ...(failing.length === 0 ? {} : { notUpdated: failing }),
  };
  return { agreed: isDeepStrictEqual(found, row.expected), found };
}

function proportional(inputs: JsonObject): { readonly newRS: number | null; readonly oldRSs: readonly (number | null)[] } {
  const spec = objectAt(inputs, "deployment") ?? {};
  const type = textAt(spec, "strategy") ?? "RollingUpdate";
  const strategy = type === "RollingUpdate" ? rolling(at(spec, "maxSurge") ?? 0, at(spec, "maxUnavailable") ?? 0) : { type };
  const annotations = replicaAnnotations(objectAt(inputs, "annotationsOnEveryRS"));
  const sizes = arrayAt(inputs, "oldRSs");
  const old = sizes.map((size, index) => {
    const override = objectAt(inputs, "annotationOverrides", `oldRSs[${index}]`);
    const own = { ...annotations, ...replicaAnnotations(override) };
    return replicaSet(`old-${index}`, { replicas: Number(size), annotations: own, createdAt: -index });
  });
  const size = numberAt(inputs, "newRS");
  const availableReplicas = numberAt(inputs, "newRSAvailable") ?? size ?? 0;
  const own = size === undefined ? [] : [replicaSet("new", { replicas: size, annotations, template: newTemplate, createdAt: 1, status: { ...noReplicas, availableReplicas } })];
  const run = sync(deployment({ replicas: numberAt(spec, "replicas") ?? 0, strategy }), [...old, ...own]);
  scale(run);
  const after = (name: string): number | null => run.sets.find((set) => set.name === name)?.replicas ?? null;
  return { newRS: after("new"), oldRSs: old.map((set) => after(set.name)) };
}

function replicaAnnotations(written: JsonObject | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(written ?? {}).map(([key, value]) => [`deployment.kubernetes.io/${key}`, typeof value === "string" ? value : JSON.stringify(value)]);
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

function countedSet(set: JsonValue): ReplicaSet {
  return replicaSet(textAt(set, "name") ?? "", {
    replicas: numberAt(set, "spec") ?? 0,
    observed: (numberAt(set, "observedGeneration") ?? 0) > 0,
    status: { ...noReplicas, replicas: numberAt(set, "status") ?? 0, terminatingReplicas: numberAt(set, "terminating") },
  });
}

function namedSet(set: JsonValue): ReplicaSet {
  const template = textAt(set, "template") === "same" ? newTemplate : oldTemplate;
  return replicaSet(textAt(set, "name") ?? "", { template, createdAt: Number.parseInt(textAt(set, "created") ?? "0", 10) });
}

function byName(a: string, b: string): number {
  // The rows list old sets with `old` before `new`.
  return a < b ? 1 : -1;
}

function uidSet(set: JsonValue): ReplicaSet {
  return replicaSet(textAt(set, "uid") ?? "unnamed", { status: { ...noReplicas, replicas: numberAt(set, "status") ?? 0 } });
}

function counts(status: JsonObject | undefined): Pick<Deployment["status"], "replicas" | "updatedReplicas" | "readyReplicas" | "availableReplicas"> {
  return {
    replicas: numberAt(status, "replicas") ?? 0,
    updatedReplicas: numberAt(status, "updated") ?? 0,
    readyReplicas: numberAt(status, "ready") ?? 0,
    availableReplicas: numberAt(status, "available") ?? 0,
  };
}

function deadline(inputs: JsonObject): JsonObject {
  const seconds = numberAt(inputs, "progressDeadlineSeconds");
  return seconds === undefined ? {} : { progressDeadlineSeconds: seconds };
}

function progressing(condition: JsonObject | undefined): readonly Condition[] {
  if (condition === undefined) return [];
  const status = textAt(condition, "status");
  return [
    {
      type: "Progressing",
      status: status === "False" || status === "Unknown" ? status : "True",
      reason: textAt(condition, "reason") ?? "",
      message: "",
      lastUpdateTime: timeOf(at(condition, "lastUpdateTime")),
      lastTransitionTime: -1,
    },
  ];
}

/** Milliseconds of a time of day or a date. */
function timeOf(text: JsonValue | undefined): number {
  if (typeof text !== "string") return 0;
  const [whole = "", fraction] = text.replace("Z", "").split(".");
  const seconds = Date.parse(whole.includes("T") ? `${whole}Z` : `2020-01-01T${whole}Z`);
  // From a time nearby: as large as an epoch, a number could not hold nanoseconds.
  return seconds - Date.parse("2017-02-15T00:00:00Z") + (fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000);
}

function progressOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const spec = { ...deadline(inputs), replicas: numberAt(inputs, "replicas") ?? 0, strategy: { type: "Recreate" } };
  const stored = { ...counts(objectAt(inputs, "storedStatus")), conditions: progressing(objectAt(inputs, "storedProgressing")) };
  const others = arrayAt(inputs, "otherRSs").map((set, index) => statusSet(`old-${index}`, set, {}));
  const own = objectAt(inputs, "newRS");
  const sets = own === undefined ? others : [...others, statusSet("new", own, { template: newTemplate })];
  const now = timeOf("2020-01-01T00:00:00Z");
  const run = new DeploymentSync(deployment(spec, stored), sets, now, () => "created");
  judgeProgress(run);
  const found = conditionOf(run.deployment.status, "Progressing");
  const wanted = at(isObject(row.expected as JsonValue) ? (row.expected as JsonObject) : {}, "progressing");
  const seen = found === undefined ? null : seenCondition(found, isObject(wanted) ? wanted : {});
  return { agreed: isDeepStrictEqual({ progressing: seen }, row.expected), found: { progressing: seen } };
}

function statusSet(name: string, input: JsonValue, fields: Partial<ReplicaSet>): ReplicaSet {
  const replicas = numberAt(input, "status") ?? 0;
  const availableReplicas = numberAt(input, "available") ?? 0;
  const status = { ...noReplicas, replicas, availableReplicas };
  return replicaSet(name, { replicas: numberAt(input, "spec") ?? 0, status, ...fields });
}

function seenCondition(condition: Condition, wanted: JsonObject): JsonObject {
  const kept = condition.lastTransitionTime === -1;
  return {
    status: condition.status,
    reason: condition.reason,
    ...("lastTransitionTimeKept" in wanted ? { lastTransitionTimeKept: kept } : {}),
    ...("timesKept" in wanted ? { timesKept: kept && condition.lastUpdateTime === 0 } : {}),
  };
}

function historyOutcome(row: TestcaseRow): CaseOutcome {
  const inputs = inputsOf(row);
  const sets = arrayAt(inputs, "oldRSs").map((set, index) => {
    const revision = textAt(set, "revision");
    return replicaSet(textAt(set, "name") ?? "", {
      createdAt: index,
      deleted: at(set, "deletionTimestamp") === true,
      replicas: numberAt(set, "spec") ?? 0,
      status: { ...noReplicas, replicas: numberAt(set, "status") ?? 0 },
      annotations: revision === undefined ? {} : { [annotation.revision]: revision },
    });
  });
  const limit = numberAt(inputs, "revisionHistoryLimit") ?? 0;
  const deleted = setsBeyondHistory(deployment({ revisionHistoryLimit: limit }), sets).map((set) => set.name);
  const wantsNames = isObject(row.expected as JsonValue) && "deleted" in (row.expected as JsonObject);
  const found = wantsNames ? { deleted } : { deletedCount: deleted.length };
  return { agreed: isDeepStrictEqual(found, row.expected), found };
}

/** Sizes of both sets after each change, where every pod is available before the next sync. */
function lockstep(inputs: JsonObject): readonly JsonValue[] {
  const strategy = rolling(at(inputs, "maxSurge") ?? 0, at(inputs, "maxUnavailable") ?? 0);
  const replicas = numberAt(inputs, "replicas") ?? 0;
  let state = deployment({ replicas, strategy });
  let sets: readonly ReplicaSet[] = [settled(replicaSet("old", { replicas }))];
  const trace: [number, number][] = [];
  for (let changed = true; changed; ) {
    const output = reconcileDeployment({ deployment: state, sets, pods: { unfinished: () => 0 }, nameReplicaSet: () => "new", now: 0 });
    for (const event of output.events) trace.push(sizesAfter(event.data ?? {}, trace.at(-1) ?? [0, replicas]));
    if (!sets.some((set) => set.name === "new") && trace.length === 0) trace.push([0, replicas]);
    if (trace.length === 1 && output.sets.find((set) => set.name === "new")?.replicas === 0) trace.unshift([0, replicas]);
    changed = output.events.length > 0 || output.sets.length !== sets.length;
    state = output.deployment;
    sets = output.sets.map(settled);
  }
  return trace;
}

function sizesAfter(data: Readonly<Record<string, number | string>>, [own, old]: readonly [number, number]): [number, number] {
  return data["set"] === "new" ? [Number(data["to"]), old] : [own, Number(data["to"])];
}

function settled(set: ReplicaSet): ReplicaSet {
  const { replicas } = set;
  const status = { replicas, readyReplicas: replicas, availableReplicas: replicas, terminatingReplicas: 0 };
  return { ...set, observed: true, status };
}

function inputsOf(row: TestcaseRow): JsonObject {
  const inputs = row.inputs as JsonValue;
  return isObject(inputs) ? inputs : {};
}

function answers(answer: (inputs: JsonObject) => JsonObject): (row: TestcaseRow) => CaseOutcome {
  return (row) => {
    const found = answer(inputsOf(row));
    return { agreed: isDeepStrictEqual(found, row.expected), found };
  };
}
