import { isArray, isObject, type JsonArray, type JsonObject, type JsonPath, type JsonValue } from "../../base/json.ts";
import { jsonText } from "../field-error-text.ts";
import { byteLength, quote } from "../go-text.ts";
import type { NameProblem } from "../qualified-names.ts";
import type { Code } from "./codes.ts";

/** The kinds of errors of apimachinery, pkg/util/validation/field/errors.go, v1.36, as a Status names them. */
export type Reason =
  | "FieldValueNotFound"
  | "FieldValueRequired"
  | "FieldValueDuplicate"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueTooLong"
  | "FieldValueTooMany"
  | "InternalError"
  | "FieldValueTypeInvalid";

/** One reason why the API server rejects an object. */
export interface Cause {
  /** As the API server prints it: `spec.ports[0].name`. It is not always the name of an existing field. */
  readonly field: string;
  /** Where to point in the user's object: the place meant, or the nearest one above it that exists. */
  readonly path: JsonPath;
  readonly reason: Reason;
  /** Exactly as in the Status. */
  readonly message: string;
  /** Drydock's code: see codes.ts. */
  readonly code: Code;
}

/** What the API server remarks about an object that it takes. */
export interface Warning {
  readonly path: JsonPath;
  /** As the server sends it. */
  readonly message: string;
}

/** The errors and warnings of one object, in the order in which they were found. */
export class Report {
  readonly causes: Cause[] = [];
  readonly warnings: Warning[] = [];
  /** The object, as a place from which to reach all others. */
  readonly root: Field;

  constructor(object: JsonObject) {
    this.root = new Field(this, undefined, "", "", object);
  }
}

/** Gives what is wrong with a text, message by message. */
export type Validator = (text: string) => readonly string[];

/**
 * One place of an object: its value, where it stands and how the API server prints that.
 * Absent fields have places, too, so that rules can ask freely. The rules read like those of the API server: `spec.get("type").oneOf([...])`.
 */
export class Field {
  readonly value: JsonValue | undefined;
  readonly report: Report;
  readonly #parent: Field | undefined;
  readonly #step: string | number;
  /** How this step is printed: `.name`, `[0]`, `[key]`; a child of the root has no dot in front. */
  readonly #printed: string;
  readonly #code: Code | undefined;
  /** Whose name comes before: mostly the parent. */
  readonly #below: Field | undefined;

  constructor(
    report: Report,
    parent: Field | undefined,
    step: string | number,
    printed: string,
    value: JsonValue | undefined,
    code?: Code,
    below = parent,
  ) {
    this.report = report;
    this.#parent = parent;
    this.#step = step;
    this.#printed = printed;
    this.value = value ?? undefined;
    this.#code = code;
    this.#below = below;
  }

  /** The field of a struct. */
  get(name: string): Field {
    const value = isObject(this.value) ? this.value[name] : undefined;
    return new Field(this.report, this, name, this.#parent === undefined ? name : `.${name}`, value);
  }

  /** A field of a field of a struct … */
  at(...names: readonly string[]): Field {
    return names.reduce<Field>((field, name) => field.get(name), this);
  }

  /** The entry of a map. */
  key(name: string): Field {
    const value = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new Field(this.report, this, name, `[${name}]`, value);
  }

  item(index: number): Field {
    const value = isArray(this.value) ? this.value[index] : undefined;
    return new Field(this.report, this, index, `[${index}]`, value);
  }

  items(): readonly Field[] {
    return this.list.map((value, index) => new Field(this.report, this, index, `[${index}]`, value));
  }

  entries(): readonly (readonly [string, Field])[] {
    return this.keys().map((name) => [name, this.key(name)] as const);
  }

  keys(): readonly string[] {
    return isObject(this.value) ? Object.keys(this.value) : [];
  }

  /** The same place under the name that the API server prints for it, below its parent or another place. */
  as(printed: string, below: Field | undefined = this.#parent): Field {
    const name = below?.isRoot === true || printed.startsWith("[") ? printed : `.${printed}`;
    return new Field(this.report, this.#parent, this.#step, name, this.value, this.#code, below);
  }

  /** The same place and name with another value. */
  with(value: JsonValue | undefined): Field {
    return new Field(this.report, this.#parent, this.#step, this.#printed, value, this.#code, this.#below);
  }

  /** The same place with another value of one of its fields; `undefined` takes the field away. */
  withIn(name: string, value: JsonValue | undefined): Field {
    if (value === this.get(name).value || !isObject(this.value)) return this;
    const others = Object.entries(this.value).filter(([key]) => key !== name);
    return this.with(Object.fromEntries(value === undefined ? others : [...others, [name, value]]));
  }

  /** The same place; a default takes the place of an empty value, as the API server's defaults do before it validates. */
  or(value: JsonValue): Field {
    return this.isEmpty ? this.with(value) : this;
  }

  /** The same place; its errors carry a code of their own. */
  coded(code: Code): Field {
    return new Field(this.report, this.#parent, this.#step, this.#printed, this.value, code, this.#below);
  }

  get isRoot(): boolean {
    return this.#parent === undefined;
  }

  get isSet(): boolean {
    return this.value !== undefined;
  }

  /** Nothing in it: absent, an empty text, list or map, zero, false. */
  get isEmpty(): boolean {
    if (typeof this.value === "object") return this.size === 0;
    return this.value === undefined || this.value === "" || this.value === 0 || this.value === false;
  }

  get text(): string {
    return typeof this.value === "string" ? this.value : "";
  }

  get int(): number {
    return typeof this.value === "number" || typeof this.value === "bigint" ? Number(this.value) : 0;
  }

  get flag(): boolean {
    return this.value === true;
  }

  get list(): JsonArray {
    return isArray(this.value) ? this.value : [];
  }

  get texts(): readonly string[] {
    return this.list.map((item) => (typeof item === "string" ? item : ""));
  }

  /** Items of a list or entries of a map. */
  get size(): number {
    return isArray(this.value) ? this.value.length : this.keys().length;
  }

  required(detail = ""): void {
    this.#add("FieldValueRequired", "Required value", "api/required", undefined, detail);
  }

  invalid(detail: string, bad: JsonValue | undefined = this.value): void {
    this.#add("FieldValueInvalid", "Invalid value", "api/invalid", printedValue(bad), detail);
  }

  /** A value whose type the schema of a custom resource does not allow. */
  typeInvalid(detail: string, bad: JsonValue | undefined): void {
    this.#add("FieldValueTypeInvalid", "Invalid value", "api/invalid", printedValue(bad), detail);
  }

  /** An error whose value the API server leaves out. */
  invalidWithoutValue(detail: string): void {
    this.#add("FieldValueInvalid", "Invalid value", "api/invalid", undefined, detail);
  }

  notSupported(values: readonly string[], bad: JsonValue | undefined = this.value ?? ""): void {
    const detail = values.length === 0 ? "" : `supported values: ${values.map(quote).join(", ")}`;
    this.#add("FieldValueNotSupported", "Unsupported value", "api/unsupported", printedValue(bad), detail);
  }

  duplicate(bad: JsonValue | undefined = this.value): void {
    this.#add("FieldValueDuplicate", "Duplicate value", "api/duplicate", printedValue(bad), "");
  }

  forbidden(detail: string): void {
    this.#add("FieldValueForbidden", "Forbidden", "api/forbidden", undefined, detail);
  }

  notFound(detail = ""): void {
    this.#add("FieldValueNotFound", "Not found", "api/not-found", printedValue(this.value ?? ""), detail);
  }

  internal(detail: string): void {
    this.#add("InternalError", "Internal error", "api/invalid", undefined, detail);
  }

  tooLong(bytes: number): void {
    this.#add("FieldValueTooLong", "Too long", "api/too-long", undefined, `may not be more than ${bytes} bytes`);
  }

  tooMany(limit: number): void {
    this.#add(
      "FieldValueTooMany",
      "Too many",
      "api/too-many",
      String(this.size),
      `must have at most ${limit} ${limit === 1 ? "item" : "items"}`,
    );
  }

  warn(message: string): void {
    this.report.warnings.push({ path: this.path, message });
  }

  /** Reports every message of a validator. */
  check(validator: Validator, text = this.text): boolean {
    const messages = validator(text);
    for (const message of messages) this.invalid(message, text);
    return messages.length === 0;
  }

  /** Reports the problems of a name with a domain, which print the part that is wrong. */
  checkName(validator: (text: string) => readonly NameProblem[]): void {
    for (const problem of validator(this.text)) {
      if (problem.type === "required") this.required();
      else this.invalid(problem.detail, problem.value);
    }
  }

  /** Reports an empty field as missing; otherwise what the validator says. */
  checkRequired(validator: Validator): void {
    if (this.text === "") this.required();
    else this.check(validator);
  }

  /** As `check` when something is written. */
  checkIfAny(validator: Validator): void {
    if (this.text !== "") this.check(validator);
  }

  /** As `check` when the field is there, even if empty. */
  checkIfSet(validator: Validator): void {
    if (this.isSet) this.check(validator);
  }

  /** Reports an empty field as missing. */
  needed(detail = ""): boolean {
    if (this.isEmpty) this.required(detail);
    return !this.isEmpty;
  }

  /** One of some texts, which the error lists in this order. */
  oneOf(values: readonly string[]): boolean {
    const known = values.includes(this.text);
    if (!known) this.notSupported(values, this.text);
    return known;
  }

  oneOfIfSet(values: readonly string[]): void {
    if (this.isSet) this.oneOf(values);
  }

  nonNegative(): void {
    if (this.int < 0) this.invalid("must be greater than or equal to 0", this.int);
  }

  positive(): void {
    if (this.int <= 0) this.invalid("must be greater than zero", this.int);
  }

  range(min: number, max: number): void {
    if (this.int < min || this.int > max) this.invalid(`must be between ${min} and ${max}, inclusive`, this.int);
  }

  port(): void {
    this.range(1, 65535);
  }

  mostItems(limit: number): void {
    if (this.size > limit) this.tooMany(limit);
  }

  mostBytes(limit: number): void {
    if (byteLength(this.text) > limit) this.tooLong(limit);
  }

  forbiddenIfSet(detail: string): void {
    if (this.isSet) this.forbidden(detail);
  }

  forbiddenIfAny(detail: string): void {
    if (!this.isEmpty) this.forbidden(detail);
  }

  /** As the API server prints the place. */
  get name(): string {
    return this.#below === undefined ? "" : this.#below.name + this.#printed;
  }

  /** Keys and indices to the place, as far as it exists. */
  get path(): JsonPath {
    const steps: (string | number)[] = [];
    const deepest = this.#deepest();
    for (let field = deepest; field.#parent !== undefined; field = field.#parent) steps.unshift(field.#step);
    return steps;
  }

  /** This place or, where it is absent, the nearest one above. */
  #deepest(): Field {
    if (this.#parent === undefined) return this;
    const above = this.#parent.#deepest();
    return above === this.#parent && holds(above.value, this.#step) ? this : above;
  }

  #add(reason: Reason, title: string, code: Code, bad: string | undefined, detail: string): void {
    const message = [title, bad, detail === "" ? undefined : detail].filter((part) => part !== undefined).join(": ");
    this.report.causes.push({ field: this.name, path: this.path, reason, message, code: this.#code ?? code });
  }
}

function holds(value: JsonValue | undefined, step: string | number): boolean {
  if (typeof step === "number") return isArray(value) && step < value.length;
  return isObject(value) && Object.hasOwn(value, step);
}

/** A bad value as errors print it: texts quoted, numbers and truth values plain, everything else as Go's JSON. */
function printedValue(value: JsonValue | undefined): string {
  if (value === undefined) return "null";
  return typeof value === "string" ? quote(value) : jsonText(value);
}
