import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { FileNotice } from "../../model/facts.ts";
import { decodeText } from "../../yaml/decode.ts";

/** A file's text, or why there is none. */
export type FileText = { readonly text: string } | { readonly notice: FileNotice };

/** Reads a text file. Files of more than `limit` bytes are not read at all; whatever goes wrong is a notice, never an exception. */
export function readText(path: string | number, limit: number): FileText {
  const bytes = readBytes(path, limit);
  return typeof bytes === "string" ? { notice: bytes } : textOf(bytes);
}

/** The text of a file's bytes. */
export function textOf(bytes: Uint8Array): FileText {
  const decoded = decodeText(bytes, (utf8) =>
    Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength).toString("utf8"),
  );
  return "text" in decoded ? decoded : { notice: "binary" };
}

/** The bytes of a file, or why there are none. Size and content are asked of one opened file, so that a file that grows or goes in between does no harm. */
export function readBytes(path: string | number, limit: number): Uint8Array | FileNotice {
  let file: number | undefined;
  try {
    file = typeof path === "number" ? path : openSync(path, "r");
    if (fstatSync(file).size > limit) return "too-large";
    const bytes = readFileSync(file);
    return bytes.length > limit ? "too-large" : bytes;
  } catch {
    return "unreadable";
  } finally {
    if (file !== undefined && typeof path === "string") closeSync(file);
  }
}
