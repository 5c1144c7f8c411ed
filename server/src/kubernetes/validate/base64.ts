const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of base64 text as characters; enough to look for ASCII in them. */
export function decodedText(base64: string): string {
  let text = "";
  let bits = 0;
  let count = 0;
  for (const character of base64) {
    const digit = digits.indexOf(character);
    if (digit < 0) continue;
    bits = ((bits << 6) | digit) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += String.fromCharCode((bits >> count) & 0xff);
  }
  return text;
}

const goTypes = { object: "map[string]interface {}", array: "[]core.Toleration" } as const;

/** Why a text is no JSON object (or list), roughly as Go's encoding/json says it; `undefined` when it is one. */
export function jsonProblem(text: string, wanted: keyof typeof goTypes = "object"): string | undefined {
  const value = parsed(text);
  if (value === undefined) {
    const start = text.trimStart();
    if (start === "") return "unexpected end of JSON input";
    return `invalid character '${start.charAt(0)}' looking for beginning of value`;
  }
  const kind = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
  if (value === null || kind === wanted) return undefined;
  return `json: cannot unmarshal ${kind} into Go value of type ${goTypes[wanted]}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
