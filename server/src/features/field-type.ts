import type { JsonPath } from "../base/json.ts";
import { typeOfKind } from "../kubernetes/schema/schema.ts";
import type { SchemaType } from "../kubernetes/schema/schema.ts";

/** The type that the API declares for a field of a built-in kind; `undefined` for custom resources and for fields that do not exist. */
export function fieldType(apiVersion: string, kind: string, path: JsonPath): SchemaType | undefined {
  let type: SchemaType | undefined = typeOfKind(apiVersion, kind);
  for (const step of path) type = type === undefined ? undefined : stepInto(type, step);
  return type;
}

function stepInto(type: SchemaType, step: string | number): SchemaType | undefined {
  switch (type.kind) {
    case "struct":
      return typeof step === "string" ? type.fields.get(step)?.type : undefined;
    case "list":
      return typeof step === "number" ? type.element : undefined;
    case "map":
      return typeof step === "string" ? type.element : undefined;
    case "custom":
      return type.inner === undefined ? undefined : stepInto(type.inner, step);
    default:
      return undefined;
  }
}
