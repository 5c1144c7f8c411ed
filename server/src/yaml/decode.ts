/** A file's text, or the news that it holds none. */
export type DecodedText = { readonly text: string } | { readonly binary: true };

/** Turns UTF-8 bytes without a byte order mark into text; bytes that are no UTF-8 become U+FFFD. */
export type Utf8Decoder = (bytes: Uint8Array) => string;

/**
 * The text of a file in UTF-8, or UTF-16 with a byte order mark, as kubectl reads files; the mark is dropped.
 * Hosts pass their own, faster decoder of UTF-8.
 */
export function decodeText(bytes: Uint8Array, utf8: Utf8Decoder = decodeUtf8): DecodedText {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decodeUtf16(bytes, 0) };
  if (first === 0xfe && second === 0xff) return { text: decodeUtf16(bytes, 1) };
  if (bytes.includes(0)) return { binary: true };
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  return { text: utf8(marked ? bytes.subarray(3) : bytes) };
}

/** UTF-16 behind its byte order mark; `low` is the place of the higher byte's neighbour: 0 for little endian, 1 for big endian. */
function decodeUtf16(bytes: Uint8Array, low: 0 | 1): string {
  let text = "";
  for (let index = 2; index + 1 < bytes.length; index += 2) {
    text += String.fromCharCode(bytes[index + low]! | (bytes[index + 1 - low]! << 8));
  }
  return text;
}

/** UTF-8 to text; each byte that belongs to no character becomes U+FFFD, as in Go. */
export function decodeUtf8(bytes: ArrayLike<number>): string {
  let text = "";
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes, index);
    text += length === 0 ? "\ufffd" : String.fromCodePoint(codePointAt(bytes, index, length));
    index += Math.max(1, length);
  }
  return text;
}

/** The number of bytes of the character at `index`, 0 where there is no valid one. */
function sequenceLength(bytes: ArrayLike<number>, index: number): number {
  const lead = bytes[index]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  const second = bytes[index + 1] ?? 0;
  const tooSmall = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const tooLarge = (lead === 0xed && second >= 0xa0) || (lead === 0xf4 && second >= 0x90);
  if (tooSmall || tooLarge) return 0;
  for (let offset = 1; offset < length; offset++) {
    if (((bytes[index + offset] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function codePointAt(bytes: ArrayLike<number>, index: number, length: number): number {
  const lead = bytes[index]!;
  let value = length === 1 ? lead : lead & (0xff >> (length + 1));
  for (let offset = 1; offset < length; offset++) value = (value << 6) | (bytes[index + offset]! & 0x3f);
  return value;
}
