import { kindKey } from "../../index/keys.ts";
import { textAt } from "../../base/json.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { matchPattern } from "../../kubernetes/relations/pattern.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import { producersOfKind } from "../../kubernetes/relations/producers.ts";
import type { NameRecipe, Producer } from "../../kubernetes/relations/producers.ts";
import { namespaceTest } from "./namespaces.ts";
import { targetKinds } from "./objects.ts";
import type { Target } from "./types.ts";

/** The fields that give an object its name which stands in no file: the Secret of a Certificate, the pods of a StatefulSet. */
export function producersOf(environment: Environment, resource: Resource, name: Name): readonly Target[] {
  const { mention, text, namespace } = name;
  const isInside = namespaceTest(environment, resource, mention, namespace);
  return targetKinds(resource, mention).flatMap(({ group, kind }) =>
    producedNames(environment, group, kind)
      .filter((each) => isInside(each.target.resource.namespace) && each.isNamed(text))
      .map(({ target }) => target),
  );
}

/** A name that something makes for objects of a kind. */
export interface ProducedName {
  readonly target: Target;
  /** The name, `undefined` where a part of it is only known in the cluster. */
  readonly text: string | undefined;
  readonly isNamed: (text: string) => boolean;
}

/** All names that objects of the environment make for objects of a kind. */
export function producedNames(environment: Environment, group: string, kind: string): readonly ProducedName[] {
  return environment.shared(`produced ${group}/${kind}`, (base) =>
    producersOfKind(group, kind).flatMap((producer) =>
      producer.from
        .flatMap((from) => base.posting(kindKey(from.group, from.kind)))
        .filter((resource) => applies(resource, producer))
        .flatMap((resource) => namesMadeBy(resource, producer)),
    ),
  );
}

function applies({ object }: Resource, { annotations, type }: Producer): boolean {
  if (type !== undefined && textAt(object, "type") !== type) return false;
  return (
    annotations.length === 0 ||
    annotations.some((annotation) => textAt(object, "metadata", "annotations", annotation) !== undefined)
  );
}

/** The names of the first recipe whose fields are there. */
function namesMadeBy(resource: Resource, { recipes }: Producer): readonly ProducedName[] {
  for (const recipe of recipes) {
    const names = followRecipe(resource, recipe);
    if (names.length > 0) return names;
  }
  return [];
}

function followRecipe(resource: Resource, recipe: NameRecipe): readonly ProducedName[] {
  const [field, ...others] = recipe.fields;
  if (field === undefined) return [];
  const rest = others.map((pattern) => [...matchPattern(resource.object, pattern)][0]?.value);
  if (rest.some((value) => typeof value !== "string")) return [];
  return [...matchPattern(resource.object, field)].flatMap(({ path, value }) => {
    if (typeof value !== "string" || value === "") return [];
    const texts = [value, ...rest.map(String)];
    const expression = new RegExp(`^${recipe.expression(texts)}$`);
    return [
      {
        target: { resource, path, part: "value" } satisfies Target,
        text: recipe.text(texts),
        isNamed: (text: string) => expression.test(text),
      },
    ];
  });
}
