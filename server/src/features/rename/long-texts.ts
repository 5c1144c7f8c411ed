import { kindKey, workloadsKey } from "../../index/keys.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { mentionsIn } from "../../kubernetes/relations/relations.ts";
import type { Mention } from "../../kubernetes/relations/relations.ts";
import { maxTextLength } from "../../model/prune.ts";
import type { Reference } from "../../resolve/relations/occurrences.ts";
import type { Target } from "../../resolve/relations/types.ts";

/**
 * Texts of which the index holds the beginning alone, as references to each Service that they may speak to: whether they do is seen when the file is read.
 */
export function longTextReferences(environment: Environment, targets: readonly Target[]): readonly Reference[] {
  const services = targets.filter(({ resource: { group, kind } }) => group === "" && kind === "Service");
  if (services.length === 0) return [];
  const holders = [kindKey("", "ConfigMap"), workloadsKey].flatMap((key) => environment.posting(key));
  return holders.flatMap((resource) =>
    [...mentionsIn(resource.object, ({ row }) => row.by === "dns-name")]
      .filter(isCut)
      .flatMap((mention) => services.flatMap((service) => namesFor(resource, mention, service.resource))),
  );
}

function isCut({ value }: Mention): boolean {
  return typeof value === "string" && value.length > maxTextLength;
}

/** The Service's name with its namespace, and alone where that is the own one. */
function namesFor(resource: Resource, mention: Mention, { name, namespace }: Resource): readonly Reference[] {
  const namespaces = namespace === resource.namespace ? [namespace, undefined] : [namespace];
  return namespaces.map((written) => ({
    resource,
    name: {
      mention,
      path: mention.path,
      isKey: false,
      text: name,
      span: { start: 0, end: 0 },
      namespace: written ?? undefined,
      isCertain: true,
      label: undefined,
    },
  }));
}
