import * as l10n from "@vscode/l10n";
import type { JsonPath, JsonValue } from "../../base/json.ts";
import { isArray, isObject } from "../../base/json.ts";
import type { Environment, Place, Resource } from "../../index/types.ts";
import { declarationAt } from "../../kubernetes/relations/declarations.ts";
import { namesOf } from "../../kubernetes/relations/names.ts";
import { mentionsIn } from "../../kubernetes/relations/relations.ts";
import { referencesTo } from "../../resolve/relations/occurrences.ts";
import { targetsOf } from "../../resolve/relations/targets.ts";
import { cursorAt } from "../context.ts";
import type { FileContext } from "../context.ts";
import { named } from "../describe.ts";
import { linkTo, PageWriter } from "../page.ts";
import type { LinkedWords, Page } from "../page.ts";
import { qualified } from "../services-at.ts";

/** Fields of an object that are looked at for what others may name. */
const mostFields = 2000;

/** What the object at an offset refers to, and what refers to it, in the file's active environment. `undefined` outside of objects. */
export function relationsAt(context: FileContext, offset: number): Page | undefined {
  const subject = cursorAt(context, offset)?.subject;
  if (subject === undefined) return undefined;
  const { environment, resource } = subject;
  const title = `${resource.kind} ${resource.namespace === null ? resource.name : qualified(resource)}`;
  const writer = new PageWriter();
  writer.heading(1, title, { words: title, place: resource.place });
  write(writer, l10n.t("Refers to"), outgoing(environment, resource));
  write(writer, l10n.t("Is referred to by"), incoming(environment, resource));
  return writer.page(title);
}

/** Another object, with the fields that make the connection. */
interface Relative {
  readonly resource: Resource;
  readonly fields: Map<string, Place>;
}

/** What the object names. */
function outgoing(environment: Environment, resource: Resource): readonly Relative[] {
  const found = new Relatives(resource);
  for (const mention of mentionsIn(resource.object)) {
    for (const name of namesOf(mention)) {
      for (const target of targetsOf(environment, resource, name)) found.add(target.resource, resource, name.path);
    }
  }
  return found.list();
}

/** Who names the object, a label of its pods, a port, a key. */
function incoming(environment: Environment, resource: Resource): readonly Relative[] {
  const found = new Relatives(resource);
  for (const path of fieldsOf(resource.object)) {
    const declaration = declarationAt(resource.object, path);
    if (declaration === undefined) continue;
    for (const reference of referencesTo(environment, { resource, path, part: declaration.part }))
      found.add(reference.resource, reference.resource, reference.name.path);
  }
  return found.list();
}

/** Collects each other object once. */
class Relatives {
  readonly #self: Resource;
  readonly #byObject = new Map<Resource, Relative>();

  constructor(self: Resource) {
    this.#self = self;
  }

  /** @param holder the object whose field it is */
  add(other: Resource, holder: Resource, path: JsonPath): void {
    if (other === this.#self) return;
    const relative = this.#byObject.get(other) ?? { resource: other, fields: new Map<string, Place>() };
    this.#byObject.set(other, relative);
    relative.fields.set(fieldText(path), holder.origin(path) ?? holder.place);
  }

  list(): readonly Relative[] {
    return [...this.#byObject.values()].sort((a, b) => (named(a.resource) < named(b.resource) ? -1 : 1));
  }
}

function write(writer: PageWriter, title: string, relatives: readonly Relative[]): void {
  writer.heading(2, title);
  if (relatives.length === 0) writer.line(l10n.t("Nothing here."));
  for (const { resource, fields } of relatives) {
    const links: readonly LinkedWords[] = [...fields].map(([words, place]) => ({ words, place }));
    writer.line(`- ${named(resource)}: ${[...fields.keys()].join(", ")}`, linkTo(resource), ...links);
  }
}

/** `spec.ports[0].targetPort`. */
function fieldText(path: JsonPath): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${step}`))
    .join("");
}

/** The paths of all fields, outer ones first. */
function fieldsOf(object: JsonValue): readonly JsonPath[] {
  const paths: JsonPath[] = [];
  const open: (readonly [JsonPath, JsonValue])[] = [[[], object]];
  for (let next = open.shift(); next !== undefined && paths.length < mostFields; next = open.shift()) {
    const [path, value] = next;
    if (path.length > 0) paths.push(path);
    if (isArray(value)) value.forEach((item, index) => open.push([[...path, index], item]));
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) open.push([[...path, key], item]);
  }
  return paths;
}
