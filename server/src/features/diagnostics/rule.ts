import type { JsonObject, JsonPath } from "../../base/json.ts";
import type { SpanPart } from "../../base/span-table.ts";
import type { Environment, Place, Resource } from "../../index/types.ts";
import type { Fix, RelatedPlace, Severity } from "../finding.ts";

/** One object inside one environment, the thing that a rule looks at. */
export interface Subject {
  readonly environment: Environment;
  readonly resource: Resource;
  /** The object of `resource`: long texts shortened, Secrets with their keys alone. */
  readonly object: JsonObject;
  readonly options: CheckOptions;
}

export interface CheckOptions {
  /** `1.36`. */
  readonly kubernetesVersion: string;
  /** Whether syntax errors are reported, and keys that stand twice, which others count among them: not where another extension already does. */
  readonly yamlSyntax: boolean;
}

/** A finding before its place and environments are filled in. */
export interface Draft {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where in the object; a path that the object lacks is shown at its nearest parent. */
  readonly path: JsonPath;
  readonly part?: SpanPart;
  /** The place itself, where the path does not lead to it. */
  readonly place?: Place;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** A check of objects against the rest of their environment. */
export interface Rule {
  /** The codes that it can report; each is documented in `codes.ts`. */
  readonly codes: readonly string[];
  /** `group/kind` of the objects that it looks at, `undefined` for all. */
  readonly kinds: readonly string[] | undefined;
  check(subject: Subject): readonly Draft[];
}
