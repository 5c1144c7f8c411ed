import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../base/json.ts";
import { at, objectAt, scalarText, textAt } from "../../base/json.ts";
import type { Place } from "../../index/types.ts";
import { referencesTo } from "../../resolve/relations/occurrences.ts";
import { targetKey } from "../../resolve/relations/types.ts";
import type { Target } from "../../resolve/relations/types.ts";
import type { FileContext } from "../context.ts";
import { placeOfReference, targetsOfSymbol } from "../definition/definition.ts";
import { named } from "../describe.ts";
import { gistOf } from "../gist.ts";
import { placeOfTarget, symbolAt } from "../symbol.ts";
import type { Symbol } from "../symbol.ts";
import { bullets, code, escaped, linked, linkTo, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";

/** What a name leads to, and who refers to what is declared here, as far as nothing that is said already links there. */
export function referenceHover(
  context: FileContext,
  offset: number,
  link: Linker,
  said: string | undefined,
): string | undefined {
  const [environment] = context.environments;
  const symbol = environment === undefined ? undefined : symbolAt(context, environment, offset);
  if (symbol === undefined) return undefined;
  const isNew = ({ places }: Line): boolean =>
    !places.some((place) => {
      const target = link(place);
      return target !== undefined && said?.includes(`(${target})`) === true;
    });
  const meant = targetsOfSymbol(symbol);
  const declared = symbol.declaration?.target ?? meant.find((target) => isHere(symbol, target));
  const targets = meant.flatMap((target) => (isHere(symbol, target) ? [] : [targetLine(symbol, target, link)]));
  const uses = declared === undefined ? [] : referenceLines(symbol, declared, link);
  return paragraphs(shown(targets.filter(isNew)), shown(uses.filter(isNew), l10n.t("Is referred to by:")));
}

/** Whether the cursor stands on the target itself, as in fields that make what they name. */
function isHere({ resource, cursor }: Symbol, target: Target): boolean {
  return cursor.subject !== undefined && targetKey({ resource, path: cursor.subject.path }) === targetKey(target);
}

/** Something to say, and the places of which one link to is enough. */
interface Line {
  readonly text: string;
  readonly places: readonly Place[];
}

function shown(lines: readonly Line[], title?: string): string | undefined {
  const texts = [...new Set(lines.map(({ text }) => text))];
  if (title === undefined && texts.length === 1) return `→ ${texts[0] ?? ""}`;
  return texts.length === 0 ? undefined : paragraphs(title, bullets(texts));
}

/** The object that is named, or the part of it. */
function targetLine({ environment, resource }: Symbol, target: Target, link: Linker): Line {
  const { resource: holder, path, part } = target;
  const [place, whole] = [placeOfTarget(target), holder.place];
  const isObject = path.length === 2 && path[0] === "metadata" && path[1] === "name";
  if (isObject) {
    const gist = gistOf(environment, holder);
    return { text: `${linked(holder, link)}${gist === undefined ? "" : ` · ${escaped(gist)}`}`, places: [whole] };
  }
  if (part === "entry") {
    const pods = gistOf(environment, holder);
    const label = `${String(path.at(-1))}: ${scalarText(at(holder.object, ...path)) ?? ""}`;
    const text = `${linkTo(label, place, link)} · ${linked(holder, link)}${pods === undefined ? "" : ` · ${escaped(pods)}`}`;
    return { text, places: [place, whole] };
  }
  const detail = detailOf(target);
  const text = `${linkTo(nameOf(target), place, link)}${detail === undefined ? "" : ` · ${detail}`}`;
  return { text: holder === resource ? text : `${text} · ${linked(holder, link)}`, places: [place] };
}

function nameOf({ resource, path, part }: Target): string {
  const last = String(path.at(-1));
  return part === "key" ? last : (scalarText(at(resource.object, ...path)) ?? last);
}

/** What stands beside a name within its item: a container's image, a port's number, the value of a variable, the type of a volume; the first line of a ConfigMap's key. */
function detailOf({ resource, path, part }: Target): string | undefined {
  if (part === "key") {
    const text = resource.kind === "ConfigMap" ? textAt(resource.object, ...path) : undefined;
    return text === undefined ? undefined : code(excerpt(text));
  }
  const item = objectAt(resource.object, ...path.slice(0, -1));
  const field = ["image", "containerPort", "port", "value"].find((name) => scalarText(item?.[name]) !== undefined);
  if (field !== undefined) return code(excerpt(scalarText(item?.[field]) ?? ""));
  const type = Object.keys(item ?? {}).find((key) => key !== "name" && typeof item?.[key] === "object");
  return type === undefined || path[0] === "metadata" ? undefined : code(type);
}

const longest = 60;

function excerpt(text: string): string {
  const [line = ""] = text.split(/\r?\n/);
  return line.length > longest || line.length < text.length ? `${line.slice(0, longest)}…` : line;
}

/** Each object that names what is declared under the cursor, once. */
function referenceLines({ environment, resource }: Symbol, declared: Target, link: Linker): readonly Line[] {
  const byObject = new Map<string, Line>();
  for (const reference of referencesTo(environment, declared, "reader")) {
    const { resource: other, name } = reference;
    if (targetKey({ resource: other, path: name.path }) === targetKey(declared)) continue;
    const place = placeOfReference(reference);
    const isOwn = other === resource;
    const key = isOwn ? name.path.join(".") : named(other) + String(other.namespace);
    const text = isOwn ? linkTo(fieldText(name.path), place, link) : linked(other, link);
    const known = byObject.get(key);
    byObject.set(key, { text, places: [...(known?.places ?? (isOwn ? [] : [other.place])), place] });
  }
  return [...byObject.values()];
}

/** `httpGet.port`, `env.value`: the last two names of a path. */
function fieldText(path: JsonPath): string {
  return path
    .filter((step) => typeof step === "string")
    .slice(-2)
    .join(".");
}
