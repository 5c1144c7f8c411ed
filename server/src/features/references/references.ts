import type { FileId, Place } from "../../index/types.ts";
import { referencesTo } from "../../resolve/relations/occurrences.ts";
import type { Reference } from "../../resolve/relations/occurrences.ts";
import { targetsOf } from "../../resolve/relations/targets.ts";
import { targetKey } from "../../resolve/relations/types.ts";
import type { Target } from "../../resolve/relations/types.ts";
import type { FileContext } from "../context.ts";
import { placeOfReference } from "../definition/definition.ts";
import { placeOfTarget, symbolAt } from "../symbol.ts";
import type { Symbol } from "../symbol.ts";
import { placesOfName } from "./places.ts";
import type { TextSource } from "./places.ts";

/** A place that declares a thing, or names it. */
export interface Occurrence {
  readonly isDeclaration: boolean;
  readonly target: Target | undefined;
  readonly reference: Reference | undefined;
}

/** Everything that declares or names the thing at an offset, in all environments of the file, the active one first. */
export function occurrencesAt(context: FileContext, offset: number): readonly Occurrence[] {
  return context.environments.flatMap((environment) => {
    const symbol = symbolAt(context, environment, offset);
    return symbol === undefined ? [] : occurrencesOfSymbol(symbol);
  });
}

function occurrencesOfSymbol(symbol: Symbol): readonly Occurrence[] {
  const { environment, resource, names } = symbol;
  const targets = meantBy(symbol);
  const references = new Map<string, Reference>();
  const found = targets.flatMap((target) => referencesTo(environment, target, "reader"));
  const own = names.map((name) => ({ resource, name }));
  const declared = new Set(targets.map(targetKey));
  for (const reference of [...found, ...own]) {
    const { name } = reference;
    if (declared.has(targetKey({ ...reference, path: name.path }))) continue;
    references.set(`${targetKey({ ...reference, path: name.path })} ${name.text} ${name.isKey}`, reference);
  }
  return [
    ...targets.map((target) => ({ isDeclaration: true, target, reference: undefined })),
    ...[...references.values()].map((reference) => ({ isDeclaration: false, target: undefined, reference })),
  ];
}

/** What a symbol declares or names, each thing once. */
export function meantBy({ environment, resource, names, declaration }: Symbol): readonly Target[] {
  const named = names.flatMap((name) => targetsOf(environment, resource, name));
  const all = declaration === undefined || named.length > 0 ? named : [declaration.target];
  return [...new Map(all.map((target) => [targetKey(target), target])).values()];
}

/** The files whose texts tell exactly where names stand within longer texts. */
export function filesWithTexts(occurrences: readonly Occurrence[]): readonly FileId[] {
  return [
    ...new Set(
      occurrences.flatMap(({ reference }) =>
        reference?.name.span === undefined ? [] : (reference.resource.origin(reference.name.path)?.file ?? []),
      ),
    ),
  ];
}

/** The places of occurrences, sorted as found, each once. */
export function placesOf(occurrences: readonly Occurrence[], textOf: TextSource): readonly Place[] {
  const places = occurrences.flatMap(({ target, reference }) => {
    if (target !== undefined) return [placeOfTarget(target)];
    if (reference === undefined) return [];
    return reference.name.label === undefined || reference.name.span !== undefined
      ? placesOfName(reference, textOf)
      : [placeOfReference(reference)];
  });
  return [...new Map(places.map((place) => [`${place.file} ${place.start} ${place.end}`, place])).values()];
}
