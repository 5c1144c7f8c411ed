import { roleOf } from "../index/place.ts";
import type { FileFacts } from "../model/facts.ts";
import { readFile } from "../model/read.ts";
import { decodeText } from "../yaml/decode.ts";

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A file may take so long to be read, in milliseconds: what people write takes a hundredth of it. */
const timeLimit = 2000;

/** The facts of a file's bytes; `name` is its URI or path, `now` a clock in milliseconds. */
export function factsOfBytes(bytes: Uint8Array, name: string, now: () => number): FileFacts {
  const decoded = decodeText(bytes, (marked) => utf8.decode(marked));
  if (!("text" in decoded)) return { documents: [], notice: "binary" };
  const end = now() + timeLimit;
  return readFile(decoded.text, undefined, roleOf(name), () => now() > end).facts;
}
