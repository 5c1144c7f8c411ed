import type { JsonObject, JsonPath, JsonValue } from "../base/json.ts";
import type { FileId, ObjectIdentity, Place, Resource } from "../index/types.ts";

/** How loudly a finding is reported; `error` only where the API server or kustomize would refuse. */
export type Severity = "error" | "warning" | "information" | "hint";

/** All severities, the loudest first. */
export const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/** Something that a person should know about a place of a manifest. */
export interface Finding {
  /** Stable and documented, e.g. `service/no-matching-pods`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  /** The object that it is about, `undefined` where the text is no object. */
  readonly resource: FoundIn | undefined;
  /** Names of the environments in which it holds. */
  readonly environments: readonly string[];
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

export interface FoundIn extends ObjectIdentity {
  readonly apiVersion: string;
}

export interface RelatedPlace {
  readonly place: Place;
  readonly message: string;
}

/** A way out, as changes of values; they become text edits when the person asks for them. */
export interface Fix {
  readonly title: string;
  readonly changes: readonly Change[];
  /** The one that is almost certainly meant. */
  readonly preferred?: boolean;
}

export type Change =
  /** Another text for the scalar at a path, its quoting kept where possible. */
  | {
      readonly kind: "set";
      readonly resource: Resource;
      readonly path: JsonPath;
      readonly value: JsonValue;
    }
  /** Another name for the key at a path. */
  | { readonly kind: "rename-key"; readonly resource: Resource; readonly path: JsonPath; readonly name: string }
  /** The entry or item at a path goes. */
  | { readonly kind: "remove"; readonly resource: Resource; readonly path: JsonPath }
  /** A change within the document that begins at a place, whatever environments make of it; the path begins at the document's root. */
  | { readonly kind: "document"; readonly place: Place; readonly change: PathChange }
  /** A new object in a document of its own, behind that of another one. */
  | { readonly kind: "new-object"; readonly place: Place; readonly object: JsonObject }
  /** A file that is not there, without anything in it. */
  | { readonly kind: "new-file"; readonly file: FileId }
  /** Text for a place of a file. */
  | { readonly kind: "replace"; readonly place: Place; readonly text: string };

/** A change of one value, entry or item of a document or object. */
export type PathChange =
  /** Maps on the way that are missing are made; a list's index may be its length, to append. */
  | { readonly kind: "set"; readonly path: JsonPath; readonly value: JsonValue }
  | { readonly kind: "rename-key"; readonly path: JsonPath; readonly name: string }
  | { readonly kind: "remove"; readonly path: JsonPath }
  /** The list at a path, which is made where it is missing, gets a value at its end. */
  | { readonly kind: "append"; readonly path: JsonPath; readonly value: JsonValue }
  /** The last item of the list at a path with this text goes. */
  | { readonly kind: "remove-item"; readonly path: JsonPath; readonly value: string };
