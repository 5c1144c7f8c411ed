import { at, scalarText } from "../../base/json.ts";
import { labelMentionKey, mentionKey } from "../../index/keys.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { isLabelQuery, namesOf } from "../../kubernetes/relations/names.ts";
import type { Name } from "../../kubernetes/relations/names.ts";
import { mentionsIn } from "../../kubernetes/relations/relations.ts";
import { namespaceNameLabel } from "./namespaces.ts";
import { variablePrefix } from "./objects.ts";
import { targetsOf } from "./targets.ts";
import { targetKey } from "./types.ts";
import type { Target } from "./types.ts";

/** A name of an object that means one of the targets. */
export interface Reference {
  readonly resource: Resource;
  readonly name: Name;
}

/** Everything that goes by one name: what declares it, and what names it. */
export interface Occurrences {
  readonly declarations: readonly Target[];
  readonly references: readonly Reference[];
}

/** Whether labels are one thing by their key and value, or by their key alone; `reader`: by key and value, and whoever reads the key counts too. */
export type LabelScope = "label" | "key" | "reader";

/** All names that mean a target. */
export function referencesTo(
  environment: Environment,
  target: Target,
  scope: LabelScope = "label",
): readonly Reference[] {
  return new Search(environment, scope).referencesTo(target);
}

/**
 * Everything that has to change together: the declarations, whatever names one of them, what else these names mean, and so on.
 * A selector that picks two workloads ties their labels together.
 */
export function occurrencesOf(
  environment: Environment,
  seeds: readonly Target[],
  scope: LabelScope = "label",
): Occurrences {
  const search = new Search(environment, scope);
  const declarations = new Map<string, Target>();
  const references = new Map<string, Reference>();
  const open = [...seeds];
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    const key = targetKey(target);
    if (declarations.has(key)) continue;
    declarations.set(key, target);
    for (const reference of search.referencesTo(target)) {
      const { resource, name } = reference;
      const place = `${targetKey({ resource, path: name.path })} ${name.span?.start ?? ""} ${name.isKey}`;
      if (references.has(place)) continue;
      references.set(place, reference);
      open.push(...targetsOf(environment, resource, name));
    }
  }
  return { declarations: [...declarations.values()], references: [...references.values()] };
}

/** Remembers what the names of the objects that it has looked at mean: targets with one text share their candidates. */
class Search {
  readonly #environment: Environment;
  readonly #scope: LabelScope;
  readonly #names = new Map<Resource, readonly Name[]>();
  readonly #byTarget = new Map<string, ReadonlyMap<string, readonly Reference[]>>();

  constructor(environment: Environment, scope: LabelScope) {
    this.#environment = environment;
    this.#scope = scope;
  }

  referencesTo(target: Target): readonly Reference[] {
    const wanted = targetKey(target);
    const texts = textsOf(target, this.#scope);
    const shared = texts.keys.join("\n");
    let byTarget = this.#byTarget.get(shared);
    if (byTarget === undefined) {
      const candidates = new Set(texts.keys.flatMap((key) => this.#environment.posting(key)));
      byTarget = this.#referencesOf(candidates, texts);
      this.#byTarget.set(shared, byTarget);
    }
    const found = byTarget.get(wanted) ?? [];
    if (found.some(({ resource }) => resource === target.resource)) return found;
    return [...found, ...(this.#referencesOf([target.resource], texts).get(wanted) ?? [])];
  }

  /** The references of objects that are called so, by what they mean. */
  #referencesOf(candidates: Iterable<Resource>, { isNamed }: TargetTexts): ReadonlyMap<string, readonly Reference[]> {
    const byTarget = new Map<string, Reference[]>();
    for (const resource of candidates) {
      for (const name of this.#namesOf(resource).filter(isNamed)) {
        for (const key of new Set(targetsOf(this.#environment, resource, name).map(targetKey))) {
          const known = byTarget.get(key);
          if (known === undefined) byTarget.set(key, [{ resource, name }]);
          else known.push({ resource, name });
        }
      }
    }
    return byTarget;
  }

  #namesOf(resource: Resource): readonly Name[] {
    let names = this.#names.get(resource);
    if (names === undefined) {
      names = [...mentionsIn(resource.object)].flatMap(namesOf);
      this.#names.set(resource, names);
    }
    return names;
  }
}

/** How a target is named. */
interface TargetTexts {
  readonly keys: readonly string[];
  readonly isNamed: (name: Name) => boolean;
}

function textsOf({ resource, path, part }: Target, scope: LabelScope): TargetTexts {
  const key = String(path.at(-1));
  const value = at(resource.object, ...path);
  if (part !== "entry") {
    const text = part === "key" ? key : (scalarText(value) ?? "");
    const texts = resource.kind === "Service" && path[0] === "metadata" ? [text, variablePrefix(text)] : [text];
    return {
      keys: [
        ...texts.map(mentionKey),
        ...(part === "value" ? [labelMentionKey({ key: namespaceNameLabel, value: text })] : []),
      ],
      isNamed: (name) =>
        texts.includes(name.text) && (name.label === undefined || name.label.key === namespaceNameLabel),
    };
  }
  const label = typeof value === "string" ? { key, value } : { key, value: undefined };
  return {
    keys: [labelMentionKey(label), labelMentionKey({ key, value: undefined })],
    isNamed: ({ label: named, mention }) =>
      named?.key === key &&
      (named.value === label.value ||
        scope === "key" ||
        (scope === "reader" && named.value === undefined && !isLabelQuery(mention))),
  };
}
