import * as l10n from "@vscode/l10n";
import type { JsonObject, JsonPath } from "../../base/json.ts";
import { at, isObject, textAt } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import type { SpanPart } from "../../base/span-table.ts";
import { lifecycleOf } from "../../kubernetes/api-lifecycle.ts";
import type { DocumentFacts } from "../../model/facts.ts";
import type { YamlDocument } from "../../yaml/parse.ts";
import { keySpan, nodeAtPath, valueSpan } from "../../yaml/path.ts";
import { sentences } from "../../yaml/problem.ts";
import type { YamlProblem } from "../../yaml/problem.ts";
import { quoteIfNeeded } from "../../yaml/quote.ts";
import { named } from "../describe.ts";
import type { Severity } from "../finding.ts";
import { mistakesOf } from "./causes.ts";
import type { Mistake } from "./causes.ts";
import { duplicateKeyFixes } from "./fixes/duplicate-key.ts";
import { fixesFor } from "./fixes/index.ts";
import type { DocumentFix } from "./fixes/index.ts";
import type { CheckOptions } from "./rule.ts";

/** A finding that follows from one document's text alone; spans count from the document's start. Plain data. */
export interface DocumentFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Index of the object in the document's facts; `undefined` for findings about the text. */
  readonly resource: number | undefined;
  /** It holds only for objects that are applied as they stand, not for patches and what kustomize changes. */
  readonly asWritten: boolean;
  readonly fixes: readonly DocumentFix[];
}

/**
 * What the API server's reader, its version table and its validation say of one document.
 * @param isChanged kustomize changes it: nothing is said that holds `asWritten` alone
 */
export function checkDocument(
  document: YamlDocument,
  facts: DocumentFacts,
  options: CheckOptions,
  isChanged = false,
): readonly DocumentFinding[] {
  if (facts.state === "foreign" || facts.state === "templated") return [];
  const ofText = document.problems.flatMap((problem) => textFinding(document, problem, options));
  if (document.value === undefined) return ofText;
  const ofObjects = facts.resources.flatMap((resource, index) => {
    const object = at(document.value, ...resource.at);
    return isObject(object) ? objectFindings({ document, object, base: resource.at, index, options }, isChanged) : [];
  });
  return [...ofText, ...ofObjects];
}

function textFinding(
  document: YamlDocument,
  problem: YamlProblem,
  { yamlSyntax }: CheckOptions,
): readonly DocumentFinding[] {
  const about = { span: problem.span, resource: undefined, asWritten: false, fixes: [] };
  const message = l10n.t(sentences[problem.code], ...problem.words);
  switch (problem.kind) {
    case "lost-content":
      return [{ ...about, code: "yaml/lost-content", severity: "warning", message }];
    case "duplicate-key":
      // Every other reader of YAML reports it as a syntax error.
      if (!yamlSyntax) return [];
      return [
        {
          ...about,
          code: "yaml/duplicate-key",
          severity: "error",
          message,
          fixes: duplicateKeyFixes(document.root, problem.span),
        },
      ];
    case "limit":
      return [{ ...about, code: "yaml/limit", severity: "warning", message }];
    case "value":
      return [{ ...about, code: "yaml/unreadable-value", severity: "error", message }];
    case "syntax":
      if (problem.code === "conflict-markers")
        return [{ ...about, code: "yaml/conflict-markers", severity: "error", message }];
      return yamlSyntax ? [{ ...about, code: "yaml/syntax", severity: "error", message }] : [];
  }
}

interface ObjectCheck {
  readonly document: YamlDocument;
  readonly object: JsonObject;
  readonly base: JsonPath;
  readonly index: number;
  readonly options: CheckOptions;
}

function objectFindings(check: ObjectCheck, isChanged: boolean): readonly DocumentFinding[] {
  const version = versionFinding(check);
  const ofVersion = version === undefined ? [] : [version];
  if (version?.severity === "error" || isChanged) return ofVersion;
  return [...ofVersion, ...mistakesOf(check.object, check.options).map((mistake) => mistakeFinding(check, mistake))];
}

function mistakeFinding(
  { document, object, base, index }: ObjectCheck,
  { cause, code, message, path: inObject }: Mistake,
): DocumentFinding {
  const path = [...base, ...inObject];
  const isAboutKey = cause.reason === "FieldValueRequired" || code === "schema/unknown-field";
  const span = spanNear(document, path, isAboutKey ? "key" : "value");
  const about = { severity: "error", span, resource: index, asWritten: true } as const;
  const wantsText = code === "schema/wrong-type" && cause.message.endsWith("of type string");
  const quoted = wantsText ? quotedScalar(document, path) : undefined;
  if (quoted === undefined)
    return { ...about, code, message, fixes: fixesFor({ cause, code, message, path: inObject }, object, base) };
  const name = named({ kind: textAt(object, "kind") ?? "", name: textAt(object, "metadata", "name") ?? "" });
  return {
    ...about,
    code: "yaml/not-a-text",
    message: l10n.t(
      "{0}: {1} must be a text, but YAML reads {2} as something else. Put it in quotes.",
      name,
      cause.field,
      quoted.written,
    ),
    fixes: [
      {
        title: l10n.t("Put {0} in quotes", quoted.written),
        preferred: true,
        changes: [{ kind: "replace", span: quoted.span, newText: quoted.newText }],
      },
    ],
  };
}

/** A plain scalar that YAML 1.1 reads as a boolean or number, with its text in quotes. */
function quotedScalar(
  document: YamlDocument,
  path: JsonPath,
): { readonly span: Span; readonly written: string; readonly newText: string } | undefined {
  const node = document.root === null ? undefined : nodeAtPath(document.root, path);
  if (node?.type !== "scalar" || node.style !== "plain" || typeof node.value === "string" || node.value === null)
    return undefined;
  return { span: node.span, written: node.text, newText: quoteIfNeeded(node.text) };
}

/** The place of a path, or of its nearest parent that is written. */
function spanNear(document: YamlDocument, path: JsonPath, part: SpanPart): Span {
  if (document.root === null) return { start: 0, end: 0 };
  for (let length = path.length; length > 0; length--) {
    const whole = path.slice(0, length);
    const isKey = part === "key" || length < path.length;
    const span = (isKey ? keySpan(document.root, whole) : undefined) ?? valueSpan(document.root, whole);
    if (span !== undefined) return span;
  }
  return keySpan(document.root, ["kind"]) ?? { start: document.root.span.start, end: document.root.span.start };
}

function versionFinding({ document, object, base, index, options }: ObjectCheck): DocumentFinding | undefined {
  const apiVersion = textAt(object, "apiVersion") ?? "";
  const kind = textAt(object, "kind") ?? "";
  const lifecycle = lifecycleOf(apiVersion, kind, options.kubernetesVersion);
  if (lifecycle.state === "served" || lifecycle.state === "unknown") return undefined;
  const { replacement } = lifecycle;
  const span = spanNear(
    document,
    [...base, replacement === undefined || replacement.kind === kind ? "apiVersion" : "kind"],
    "value",
  );
  const name = named({ kind, name: textAt(object, "metadata", "name") ?? "" });
  const advice =
    replacement === undefined
      ? l10n.t("There is no replacement.")
      : l10n.t(
          "Use {0}.",
          replacement.kind === kind ? replacement.apiVersion : `${replacement.apiVersion} ${replacement.kind}`,
        );
  const about = {
    span,
    resource: index,
    asWritten: false,
    fixes: replacement?.kind === kind ? [replaceVersion(span, replacement.apiVersion)] : [],
  };
  if (lifecycle.state === "removed") {
    return {
      ...about,
      code: "api/removed-version",
      severity: "error",
      message: `${l10n.t("{0}: {1} is no longer served since Kubernetes {2}.", name, apiVersion, lifecycle.since)} ${advice}`,
    };
  }
  return {
    ...about,
    code: "api/deprecated-version",
    severity: "warning",
    message: `${l10n.t("{0}: {1} {2} is deprecated since Kubernetes {3}.", name, apiVersion, kind, lifecycle.since)} ${advice}`,
  };
}

function replaceVersion(span: Span, apiVersion: string): DocumentFix {
  return {
    title: l10n.t("Change apiVersion to {0}", apiVersion),
    preferred: false,
    changes: [{ kind: "replace", span, newText: apiVersion }],
  };
}
