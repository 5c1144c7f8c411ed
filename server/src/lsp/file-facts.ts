import { roleOf } from "../index/place.ts";
import type { FileFacts } from "../model/facts.ts";
import { readFile } from "../model/read.ts";
import { decodeText } from "../yaml/decode.ts";

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The facts of a file's bytes; `name` is its URI or path. */
export function factsOfBytes(bytes: Uint8Array, name: string): FileFacts {
  const decoded = decodeText(bytes, (marked) => utf8.decode(marked));
  return "text" in decoded
    ? readFile(decoded.text, undefined, roleOf(name)).facts
    : { documents: [], notice: "binary" };
}
