import { encodeBase64 } from "../../base/base64.ts";
import { encodeUtf8 } from "../../base/utf8.ts";
import type { LocatedBytes, LocatedText, TextMap } from "../resource.ts";
import { field } from "../tree/fields.ts";
import { type Node, textOf } from "../tree/node.ts";
import { refuse } from "../failure.ts";

/** The data of a ConfigMap or Secret as texts; nulls are empty. */
export function dataTexts(node: Node | undefined): TextMap {
  return new Map(
    (node?.entries ?? []).map(({ key, value }) => [key.text, { text: textOf(value), origin: value.origin }]),
  );
}

/** A Secret's data with its `stringData` encoded among them. kustomize api, resmap/reswrangler.go, normalizeSecretStringData, v0.21.2. */
export function normaliseSecretData(secret: Node): TextMap {
  const result = new Map(dataTexts(field(secret, "data")));
  for (const { key, value } of field(secret, "stringData")?.entries ?? []) {
    if (value.kind !== "scalar")
      refuse("other", `stringData value for key ${JSON.stringify(key.text)} must be a scalar`, value.origin);
    result.set(key.text, encodeSecret({ text: textOf(value), origin: value.origin }));
  }
  return result;
}

const lineLength = 70;

/** Base64; more than 70 characters are broken into lines, the last one too ends with a line feed. kyaml, yaml/datamap.go, encodeBase64, v0.21.2. */
export function encodeSecret({ text, origin, bytes }: LocatedBytes): LocatedText {
  const encoded = encodeBase64(bytes ?? encodeUtf8(text));
  if (encoded.length < lineLength) return { text: encoded, origin };
  const lines = encoded.match(new RegExp(`.{1,${String(lineLength)}}`, "g")) ?? [];
  return { text: lines.map((line) => `${line}\n`).join(""), origin };
}
