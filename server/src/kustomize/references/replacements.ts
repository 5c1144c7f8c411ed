import { attempt, Refusal, refuse } from "../failure.ts";
import { effectiveNamespace, isSelected, type ResourceId } from "../identity.ts";
import type { Resource } from "../resource.ts";
import { Selector } from "../selector.ts";
import type { Settings } from "../settings/settings.ts";
import { lookup, splitFieldPath } from "../tree/fields.ts";
import { isEmpty, Node, noTag, textOf } from "../tree/node.ts";
import { matchPath, parseScalar } from "../tree/path-matcher.ts";
import { printStructured } from "./structured-text.ts";

/** Copies a value into the fields of other objects. kustomize api, filters/replacement/replacement.go, v0.21.2. */
export function applyReplacement(resources: readonly Resource[], replacement: Settings): void {
  const hasSource = replacement.has("source");
  const hasValue = replacement.has("sourceValue");
  if ((!hasSource && !hasValue) || replacement.lacks("targets")) {
    refuse("invalid-kustomization", "replacements must specify a source and at least one target", replacement.origin);
  }
  if (hasSource && hasValue)
    refuse("invalid-kustomization", "value and resource selectors are mutually exclusive", replacement.origin);
  const value = hasSource ? readSource(resources, replacement.child("source")) : plainValue(replacement);
  for (const target of replacement.children("targets")) writeTargets(resources, value, target);
}

function plainValue(replacement: Settings): Node {
  const { text, origin } = replacement.located("sourceValue");
  return Node.scalar(text, noTag, origin);
}

function readSource(resources: readonly Resource[], source: Settings): Node {
  const [found, ...others] = resources.filter(({ allIds }) => allIds.some((id) => isSource(id, source)));
  const described = new Selector(source).text;
  const writtenPath = source.lacks("fieldPath") ? "" : `:${source.text("fieldPath")}`;
  if (found === undefined) return refuse("target-not-found", `nothing selected by ${described}`, source.origin);
  if (others.length > 0) refuse("conflict", `multiple matches for selector ${described}${writtenPath}`, source.origin);
  const fieldPath = source.text("fieldPath") || "metadata.name";
  const value = lookup(found.node, splitFieldPath(fieldPath));
  if (value === undefined || isEmpty(value)) {
    return refuse(
      "target-not-found",
      `fieldPath \`${fieldPath}\` is missing for replacement source ${described}`,
      source.at("fieldPath"),
    );
  }
  return refine(value, source);
}

function isSource(id: ResourceId, source: Settings): boolean {
  const name = source.text("name");
  const namespace = source.text("namespace");
  const gvk = { group: source.text("group"), version: source.text("version"), kind: source.text("kind") };
  return (
    (name === "" || name === id.name) &&
    (namespace === "" || namespace === effectiveNamespace({ ...id, clusterScoped: false })) &&
    isSelected(id, gvk)
  );
}

/** One part of a value that a delimiter splits. */
function refine(value: Node, source: Settings): Node {
  const options = source.child("options");
  const delimiter = options.text("delimiter");
  if (delimiter === "") return value;
  if (value.kind !== "scalar") refuse("other", "delimiter option can only be used with scalar nodes", options.origin);
  const part = value.text.split(delimiter)[options.number("index")];
  if (part === undefined)
    return refuse(
      "other",
      `options.index ${options.number("index")} is out of bounds for value ${textOf(value)}`,
      options.at("index"),
    );
  const result = value.copy();
  result.text = part;
  return result;
}

function writeTargets(resources: readonly Resource[], value: Node, target: Settings): void {
  if (!target.has("select")) refuse("invalid-kustomization", "target must specify resources to select", target.origin);
  const selected = new Selector(target.child("select"));
  const rejected = target.children("reject").map((settings) => new Selector(settings));
  for (const resource of resources) {
    const matchesQueries = selected.matchesLabels(resource.labels) && selected.matchesAnnotations(resource.annotations);
    if (!matchesQueries || rejected.some((selector) => rejects(selector, resource))) continue;
    if (resource.allIds.some((id) => selects(selected, id))) writeFields(resource.node, value, target);
  }
}

function selects(selector: Selector, id: ResourceId): boolean {
  return selector.matchesGvk(id) && selector.matchesName(id.name) && selector.matchesNamespace(id.namespace);
}

function rejects(selector: Selector, resource: Resource): boolean {
  if (
    selector.hasQueries &&
    selector.matchesLabels(resource.labels) &&
    selector.matchesAnnotations(resource.annotations)
  )
    return true;
  return !selector.hasNoId && resource.allIds.some((id) => selects(selector, id));
}

function writeFields(object: Node, value: Node, target: Settings): void {
  const options = target.child("options");
  const paths = target.lacks("fieldPaths")
    ? [{ text: "metadata.name", origin: target.origin }]
    : target.texts("fieldPaths");
  for (const { text, origin } of paths) {
    const path = splitFieldPath(text);
    if (writeIntoText(object, path, value, options)) continue;
    const found = attempt(() => matchPath(object, path, options.flag("create") ? value.kind : undefined));
    if (found === undefined || found instanceof Refusal || found.length === 0) {
      const action = options.flag("create") ? "find or create" : "find";
      return refuse(
        "target-not-found",
        `unable to ${action} field ${JSON.stringify(text)} in replacement target`,
        origin,
      );
    }
    for (const node of found) write(node, value, options);
  }
}

/** Only the text is written into a scalar, which keeps its type. */
function write(node: Node, value: Node, options: Settings): void {
  const delimiter = options.text("delimiter");
  const copy = value.copy();
  if (delimiter !== "") {
    if (node.kind !== "scalar") refuse("other", "delimiter option can only be used with scalar nodes", options.origin);
    copy.text = joinPart(node.text.split(delimiter), textOf(value), options.number("index")).join(delimiter);
  }
  if (node.kind !== "scalar") {
    node.become(copy);
    return;
  }
  copy.tag = node.tag;
  copy.quoted = node.quoted;
  copy.kind = "scalar";
  copy.entries = [];
  copy.items = [];
  node.become(copy);
}

function joinPart(parts: readonly string[], part: string, index: number): readonly string[] {
  if (index < 0) return [part, ...parts];
  return index >= parts.length ? [...parts, part] : parts.with(index, part);
}

/** Writes into YAML or JSON that stands in a scalar on the way. Whether that succeeded. */
function writeIntoText(object: Node, path: readonly string[], value: Node, options: Settings): boolean {
  for (let length = 1; length < path.length; length++) {
    const scalar = attempt(() => lookup(object, path.slice(0, length)));
    if (scalar === undefined || scalar instanceof Refusal || scalar.kind !== "scalar") continue;
    const written = attempt(() => {
      const data = parseScalar(scalar);
      const found = matchPath(data, path.slice(length), options.flag("create") ? value.kind : undefined) ?? [];
      for (const node of found) write(node, value, options);
      if (found.length > 0) scalar.text = printStructured(data, scalar.text);
      return found.length > 0;
    });
    return written === true;
  }
  return false;
}
