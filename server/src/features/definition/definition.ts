import type { Span } from "../../base/span.ts";
import type { Environment, FileId, Place, Resource } from "../../index/types.ts";
import { carriersOf } from "../../resolve/relations/labels.ts";
import { namespaceNameLabel } from "../../resolve/relations/namespaces.ts";
import { referencesTo } from "../../resolve/relations/occurrences.ts";
import type { Reference } from "../../resolve/relations/occurrences.ts";
import { targetsOf } from "../../resolve/relations/targets.ts";
import { targetKey } from "../../resolve/relations/types.ts";
import type { Target } from "../../resolve/relations/types.ts";
import type { FileContext } from "../context.ts";
import { documentLinksOf } from "../document-links/document-links.ts";
import { operationAt, patchedBy } from "../json-patch.ts";
import type { PatchOperation } from "../json-patch.ts";
import { placeOfTarget, symbolAt } from "../symbol.ts";
import type { Symbol } from "../symbol.ts";

/** The places that the thing at an offset leads to, those of the active environment first. */
export function definitionAt(context: FileContext, offset: number): readonly Place[] {
  const path = pathAt(context, offset);
  if (path !== undefined) return [path];
  const operation = operationAt(context, offset);
  const places = context.environments.flatMap((environment) => {
    if (operation !== undefined)
      return isWithin(operation.pointer, offset) ? patchedPlaces(environment, context.file, operation) : [];
    const symbol = symbolAt(context, environment, offset);
    return symbol === undefined ? [] : placesOf(symbol);
  });
  return [...new Map(places.map((place) => [`${place.file} ${place.start}`, place])).values()];
}

/** What an operation of a JSON patch replaces; the objects to which it adds something. */
function patchedPlaces(environment: Environment, file: FileId, operation: PatchOperation): readonly Place[] {
  return patchedBy(environment, file, operation).map(({ resource, before }) => before ?? resource.place);
}

function isWithin({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}

/** The file that a path of a kustomization names. */
function pathAt(context: FileContext, offset: number): Place | undefined {
  const isKnown = (file: string): boolean => context.environments.some((each) => each.files().includes(file));
  const link = documentLinksOf(context, isKnown).find(({ span }) => isWithin(span, offset));
  return link === undefined ? undefined : { file: link.target, start: 0, end: 0 };
}

function placesOf(symbol: Symbol): readonly Place[] {
  const targets = targetsOfSymbol(symbol);
  if (targets.length > 0) return targets.map(placeOfTarget);
  if (symbol.declaration !== undefined) return placesBack(symbol, symbol.declaration.target);
  return symbol.query === undefined ? [] : carrierPlaces(symbol, symbol.query);
}

/** What the names under the cursor mean; where the environment has nothing, further up. */
export function targetsOfSymbol({ environment, resource, names, declaration }: Symbol): readonly Target[] {
  const own = declaration === undefined ? undefined : targetKey(declaration.target);
  const found = (where: Environment): readonly Target[] =>
    names.flatMap((name) => targetsOf(where, resource, name)).filter((target) => targetKey(target) !== own);
  for (let where: Environment | undefined = environment; where !== undefined; where = where.wider()) {
    const targets = found(where);
    if (targets.length > 0) return targets;
  }
  return [];
}

/** From a declaration back to whatever names it: from elsewhere, or else from the same object. */
function placesBack({ environment, resource }: Symbol, target: Target): readonly Place[] {
  const references = referencesTo(environment, target);
  const others = references.filter((reference) => !isSame(reference.resource, resource));
  return (others.length > 0 ? others : references).map(placeOfReference);
}

function isSame(a: Resource, b: Resource): boolean {
  return a.file === b.file && a.kind === b.kind && a.name === b.name;
}

/** The whole entry of a label, the scalar of everything else. */
export function placeOfReference({ resource, name }: Reference): Place {
  const isEntry =
    name.label?.value !== undefined &&
    name.label.key !== namespaceNameLabel &&
    typeof name.path.at(-1) === "string" &&
    name.span === undefined;
  return resource.origin(name.path, isEntry ? "entry" : name.isKey ? "key" : "value") ?? resource.place;
}

/** The labels of whatever a selector picks, from the selector's own key. */
function carrierPlaces({ environment, resource }: Symbol, query: NonNullable<Symbol["query"]>): readonly Place[] {
  return carriersOf(environment, resource, query).map(
    (carrier) => carrier.resource.origin(carrier.path, "key") ?? carrier.resource.place,
  );
}
