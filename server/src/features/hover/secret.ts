import * as l10n from "@vscode/l10n";
import { decodeBase64 } from "../../base/base64.ts";
import { decodeText } from "../../yaml/decode.ts";
import { cursorAt } from "../context.ts";
import type { Cursor, FileContext } from "../context.ts";
import type { HoverRequest } from "./hover.ts";
import { code, paragraphs } from "../markdown.ts";

/** Hovers on the values of a Secret: how long they are and a link that reveals them; never the value itself. */
export function secretHover({ cursor, subject, reveal, context }: HoverRequest): string | undefined {
  if (subject.facts.kind !== "Secret" || subject.facts.apiVersion !== "v1") return undefined;
  const [field, key] = subject.path;
  if ((field !== "data" && field !== "stringData") || typeof key !== "string" || subject.path.length !== 2)
    return undefined;
  const value = encodedValue(cursor);
  if (value === undefined) return undefined;
  if (field === "stringData")
    return l10n.t("{0} is written as plain text here; the API server stores it below data.", code(key));
  const bytes = decodeBase64(value);
  if (bytes === undefined) return undefined;
  const { span } = cursor.location.node ?? { span: { start: cursor.offset, end: cursor.offset } };
  const start = span.start + cursor.document.placed.start;
  const target = reveal?.({ file: context.file, start, end: start });
  return paragraphs(
    l10n.t("{0}: {1} bytes in base64, hidden.", code(key), bytes.length),
    target === undefined ? undefined : `[${l10n.t("Reveal the value")}](${target})`,
  );
}

/** The value of a Secret at an offset, decoded: only ever asked by the command that reveals it. Bytes that are no text are `undefined`. */
export function secretValueAt(
  context: FileContext,
  offset: number,
): { readonly key: string; readonly value: string | undefined } | undefined {
  const cursor = cursorAt(context, offset);
  const subject = cursor?.subject;
  if (cursor === undefined || subject?.facts.kind !== "Secret") return undefined;
  const [field, key] = subject.path;
  const value = encodedValue(cursor);
  if (field !== "data" || typeof key !== "string" || value === undefined) return undefined;
  const bytes = decodeBase64(value);
  return bytes === undefined ? undefined : { key, value: textOf(bytes) };
}

function encodedValue({ location: { node, entry } }: Cursor): string | undefined {
  const value = entry?.value ?? node;
  return value?.type === "scalar" && typeof value.value === "string" ? value.value : undefined;
}

function textOf(bytes: Uint8Array): string | undefined {
  const decoded = decodeText(bytes);
  return "text" in decoded && !decoded.text.includes("\ufffd") ? decoded.text : undefined;
}
