import type { Environment, FileId, Resource } from "../../index/types.ts";
import { namesOf } from "../../kubernetes/relations/names.ts";
import { mentionsIn } from "../../kubernetes/relations/relations.ts";
import type { Reference } from "../../resolve/relations/occurrences.ts";
import { targetKinds } from "../../resolve/relations/objects.ts";
import type { Target } from "../../resolve/relations/types.ts";
import type { RenameSubject } from "./subject.ts";

/** What only a build reads. */
export interface BuildOccurrences {
  readonly declarations: readonly Target[];
  readonly references: readonly Reference[];
}

const none: BuildOccurrences = { declarations: [], references: [] };

/**
 * Where the sources of a kustomization name an object for the build alone: patches, which bear its name, and the fields of kustomization files.
 * Without them the build would fail, or leave the object as it is.
 * @param sourcesOf the objects of a file as they are written
 */
export function buildOccurrences(
  environment: Environment,
  { type, targets, written }: RenameSubject,
  sourcesOf: (file: FileId) => readonly Resource[],
): BuildOccurrences {
  if (environment.kind !== "kustomization" || type !== "object") return none;
  const sources = environment.files().flatMap(sourcesOf);
  const isMeant = ({ group, kind }: Pick<Resource, "group" | "kind">): boolean =>
    targets.some(({ resource }) => resource.group === group && resource.kind === kind);
  return {
    declarations: sources
      .filter((source) => source.name === written && isMeant(source))
      .map((resource) => ({ resource, path: ["metadata", "name"], part: "value" })),
    references: sources
      .filter(({ group }) => group === "kustomize.config.k8s.io")
      .flatMap((resource) =>
        [...mentionsIn(resource.object, ({ row }) => row.by === "name")]
          .filter((mention) => targetKinds(resource, mention).some(isMeant))
          .flatMap(namesOf)
          .filter((name) => name.text === written)
          .map((name) => ({ resource, name })),
      ),
  };
}
