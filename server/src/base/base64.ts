const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes in standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let result = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(index, index + 3);
    const group = (first << 16) | (second << 8) | third;
    const given = Math.min(3, bytes.length - index);
    for (let digit = 0; digit < 4; digit++)
      result += digit <= given ? alphabet.charAt((group >> (18 - 6 * digit)) & 63) : "=";
  }
  return result;
}

/** The bytes of standard base64; line breaks are skipped. `undefined` where the text is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/[\r\n]/g, "");
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
  const padding = digits.endsWith("==") ? 2 : digits.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((digits.length / 4) * 3 - padding);
  for (let index = 0; index < digits.length; index += 4) {
    const group = [0, 1, 2, 3].reduce(
      (bits, digit) => (bits << 6) | Math.max(0, alphabet.indexOf(digits.charAt(index + digit))),
      0,
    );
    for (let byte = 0; byte < 3; byte++) {
      const position = (index / 4) * 3 + byte;
      if (position < bytes.length) bytes[position] = (group >> (16 - 8 * byte)) & 255;
    }
  }
  return bytes;
}
