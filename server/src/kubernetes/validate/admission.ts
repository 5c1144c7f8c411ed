import type { Context } from "./context.ts";
import type { Field } from "./field.ts";

export interface Refusal {
  readonly field: Field;
  readonly message: string;
}

const builtInClasses: ReadonlyMap<string, number> = new Map([
  ["system-cluster-critical", 2000000000],
  ["system-node-critical", 2000001000],
]);

/**
 * What the default admission plugins refuse of a Pod; a class that only a fresh cluster lacks may exist elsewhere. Templates are not looked at.
 * plugin/pkg/admission/priority/admission.go and runtimeclass/admission.go, v1.36.
 */
export function refusalOfAdmission(pod: Field, { freshCluster }: Context): Refusal | undefined {
  const spec = pod.get("spec");
  const isKnown = freshCluster || builtInClasses.has(spec.get("priorityClassName").text);
  return refusal(
    pod,
    (isKnown ? priorityProblem(spec) : undefined) ?? (freshCluster ? runtimeClassProblem(spec) : undefined),
  );
}

/** What the plugins that come after validation refuse. */
export function lateRefusalOfAdmission(pod: Field, { freshCluster }: Context): Refusal | undefined {
  const overhead = pod.at("spec", "overhead");
  const mayBeOfClass = !freshCluster && pod.at("spec", "runtimeClassName").isSet;
  if (!overhead.isSet || mayBeOfClass) return undefined;
  return refusal(pod, {
    field: overhead,
    message: "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead",
  });
}

function refusal(pod: Field, refused: Refusal | undefined): Refusal | undefined {
  if (refused === undefined) return undefined;
  const metadata = pod.get("metadata");
  const name = metadata.get("name").text === "" ? metadata.get("generateName").text : metadata.get("name").text;
  return { field: refused.field, message: `pods ${JSON.stringify(name)} is forbidden: ${refused.message}` };
}

function priorityProblem(spec: Field): Refusal | undefined {
  const [name, priority, preemption] = [
    spec.get("priorityClassName"),
    spec.get("priority"),
    spec.get("preemptionPolicy"),
  ];
  const computed = name.text === "" ? 0 : builtInClasses.get(name.text);
  if (computed === undefined) return { field: name, message: `no PriorityClass with name ${name.text} was found` };
  const hint = "must not be provided in pod spec; priority admission controller computed";
  if (priority.isSet && priority.int !== computed) {
    return {
      field: priority,
      message: `the integer value of priority (${priority.int}) ${hint} ${computed} from the given PriorityClass name`,
    };
  }
  if (preemption.isSet && preemption.text !== "PreemptLowerPriority") {
    const message = `the string value of PreemptionPolicy (${preemption.text}) ${hint} PreemptLowerPriority from the given PriorityClass name`;
    return { field: preemption, message };
  }
  return undefined;
}

function runtimeClassProblem(spec: Field): Refusal | undefined {
  const name = spec.get("runtimeClassName");
  return name.isSet
    ? { field: name, message: `pod rejected: RuntimeClass ${JSON.stringify(name.text)} not found` }
    : undefined;
}
