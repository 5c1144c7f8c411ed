import type { FieldSpec } from "../config/field-specs.ts";
import { refuse } from "../failure.ts";
import { type Gvk, gvkText, parseApiVersion, type ResourceId, sameGvk, sameId } from "../identity.ts";
import type { Resource } from "../resource.ts";
import type { ResourceMap } from "../resource-map.ts";
import type { Settings } from "../settings/settings.ts";
import { applyFieldSpecs } from "../tree/field-spec.ts";
import { lookup, splitFieldPath } from "../tree/fields.ts";
import { boolTag, floatTag, intTag, isMissing, isString, type Node, stringTag } from "../tree/node.ts";
import type { SourceRange } from "../types.ts";

/** A value of an object that may be written as `$(NAME)`. */
export interface Variable {
  readonly name: string;
  readonly target: ResourceId;
  readonly fieldPath: string;
  readonly origin: SourceRange | undefined;
}

/** An entry of `vars`; without a field it stands for the object's name. */
export function readVariable(settings: Settings): Variable {
  const objref = settings.child("objref");
  const own: Gvk = { group: objref.text("group"), version: objref.text("version"), kind: objref.text("kind") };
  const apiVersion = objref.text("apiVersion");
  const parsed =
    apiVersion === "" ? {} : apiVersion.includes("/") ? parseApiVersion(apiVersion) : { version: apiVersion };
  const target = {
    ...own,
    ...parsed,
    name: objref.text("name"),
    namespace: objref.text("namespace"),
    clusterScoped: false,
  };
  return {
    name: settings.text("name"),
    target,
    fieldPath: settings.child("fieldref").text("fieldPath") || "metadata.name",
    origin: settings.origin,
  };
}

/** Marks the objects that variables read from. kustomize api, internal/accumulator/resaccumulator.go, MergeVars, v0.21.2. */
export function bindVariables(resources: ResourceMap, variables: readonly Variable[]): void {
  for (const variable of variables) {
    const { target } = variable;
    const matches =
      target.namespace === ""
        ? (id: ResourceId) => id.name === target.name && sameGvk(id, target)
        : (id: ResourceId) => sameId(target, id);
    const [found, ...others] = resources.matchingAnyId(matches);
    if (others.length > 0) {
      refuse(
        "conflict",
        `found ${others.length + 1} resId matches for var ${describe(variable)} (unable to disambiguate)`,
        variable.origin,
      );
    }
    if (found !== undefined) found.varNames = [...found.varNames, variable.name];
  }
}

/** Adds variables to others; no name may come twice. */
export function mergeVariables(variables: readonly Variable[], incoming: readonly Variable[]): readonly Variable[] {
  const result = [...variables];
  for (const variable of incoming) {
    if (result.some(({ name }) => name === variable.name)) {
      refuse(
        "conflict",
        `merging vars [${incoming.map(describe).join(" ")}]: var '${variable.name}' already encountered`,
        variable.origin,
      );
    }
    result.push(variable);
  }
  return result;
}

type VariableValue = string | number | boolean;

/** Replaces `$(NAME)` in the fields that the specs name; returns the variables that stand in none of them. kustomize api, filters/refvar, v0.21.2. */
export function resolveVariables(
  resources: readonly Resource[],
  variables: readonly Variable[],
  specs: readonly FieldSpec[],
): readonly Variable[] {
  const values = new Map<string, VariableValue | undefined>();
  const used = new Set<string>();
  for (const variable of variables.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    values.set(variable.name, readValue(resources, variable));
  if (values.size === 0) return [];
  const valueOf = (name: string): VariableValue | undefined => {
    used.add(name);
    return values.get(name);
  };
  for (const { node } of resources) applyFieldSpecs(node, specs, { set: (target) => replaceIn(target, valueOf) });
  return variables.filter(({ name }) => !used.has(name));
}

/** The value of a variable by its name. */
type ValueOf = (name: string) => VariableValue | undefined;

/** The value that a variable stands for; `undefined` for a map or list, which nothing can stand for. */
function readValue(resources: readonly Resource[], variable: Variable): VariableValue | undefined {
  const source = resources.find(({ varNames }) => varNames.includes(variable.name));
  if (source === undefined) {
    return refuse(
      "target-not-found",
      `var '${describe(variable)}' cannot be mapped to a field in the set of known resources`,
      variable.origin,
    );
  }
  const path = splitFieldPath(variable.fieldPath).flatMap(
    (part) =>
      /^(.*)\[(\d+)\]$/
        .exec(part)
        ?.slice(1)
        .filter((step) => step !== "") ?? [part],
  );
  const node = lookup(source.node, path);
  const value = node === undefined ? undefined : typedValue(node);
  if (node === undefined || Number.isNaN(value)) {
    return refuse(
      "target-not-found",
      `field specified in var '${describe(variable)}' not found in corresponding resource`,
      variable.origin,
    );
  }
  return value;
}

function typedValue(node: Node): VariableValue | undefined {
  if (node.kind !== "scalar") return undefined;
  switch (node.tag) {
    case intTag:
      return /^[-+]?\d+$/.test(node.text) ? Number(node.text) : NaN;
    case floatTag:
      return Number(node.text);
    case boolTag:
      return /^(?:true|True|TRUE)$/.test(node.text);
    default:
      return node.text;
  }
}

function replaceIn(node: Node, valueOf: ValueOf): void {
  if (isMissing(node)) return;
  if (node.kind === "scalar") replaceText(node, valueOf);
  for (const { key, value } of node.entries) {
    if (!isString(key)) refuse("other", `invalid map key: value='${key.text}', tag='${key.tag}'`, key.origin);
    replaceText(value, valueOf);
  }
  for (const item of node.items) {
    if (!isString(item)) refuse("other", "invalid value type expect a string", item.origin);
    replaceText(item, valueOf);
  }
}

function replaceText(node: Node, valueOf: ValueOf): void {
  if (!isString(node)) return;
  const value = expand(node.text, valueOf);
  node.text = String(value);
  node.tag =
    typeof value === "string"
      ? stringTag
      : typeof value === "boolean"
        ? boolTag
        : Number.isInteger(value)
          ? intTag
          : floatTag;
  node.quoted = false;
}

/** A text that is nothing but one variable takes over its type; `$$` is a dollar sign. kustomize api, filters/refvar/expand.go, DoReplacements, v0.21.2. */
function expand(text: string, valueOf: ValueOf): VariableValue {
  const whole = /^\$\(([^)]*)\)$/.exec(text)?.[1];
  if (whole !== undefined) return valueOf(whole) ?? text;
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (found, name: string | undefined) =>
    name === undefined ? "$" : String(valueOf(name) ?? found),
  );
}

function describe({ name, target, fieldPath }: Variable): string {
  return `{${name} ${gvkText(target)} {${fieldPath}}}`;
}
