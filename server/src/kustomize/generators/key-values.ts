import { encodeUtf8 } from "../../base/utf8.ts";
import { refuse } from "../failure.ts";
import type { Loader } from "../loader.ts";
import { baseName } from "../paths.ts";
import type { LocatedBytes, LocatedText } from "../resource.ts";
import type { Settings } from "../settings/settings.ts";
import type { SourceRange } from "../types.ts";

interface KeyValue extends LocatedBytes {
  readonly key: string;
}

/** The data of a generator: env files, literals, files, in this order; no key may come twice. kustomize api, kv/kv.go, v0.21.2. */
export function readKeyValues(settings: Settings, name: string, loader: Loader): ReadonlyMap<string, LocatedBytes> {
  const envs = [...settings.texts("envs"), ...(settings.lacks("env") ? [] : [settings.located("env")])];
  const pairs: KeyValue[] = [];
  const readEach = (sources: readonly LocatedText[], read: (source: LocatedText) => readonly KeyValue[]): void => {
    for (const source of sources) loader.step(() => pairs.push(...read(source)));
  };
  readEach(envs, (source) => fromEnvFile(source, loader));
  readEach(settings.texts("literals"), (source) => [fromLiteral(source)]);
  readEach(settings.texts("files"), (source) => [fromFile(source, loader)]);
  const data = new Map<string, LocatedBytes>();
  for (const { key, ...value } of pairs) {
    loader.step(() => {
      if (data.has(key)) refuse("conflict", `configmap ${name} illegally repeats the key \`${key}\``, value.origin);
      data.set(key, value);
    });
  }
  return data;
}

/** One `key=value` a line; quotes and spaces belong to the value, a line without `=` is an empty value. */
function fromEnvFile(source: LocatedText, loader: Loader): readonly KeyValue[] {
  const { path, text } = loader.load(source);
  const pairs: KeyValue[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\n]+/g)) {
    const content = line.replace(/\r$/, "").replace(index === 0 ? /^\ufeff?\s*/ : /^\s*/, "");
    if (content === "" || content.startsWith("#")) continue;
    const [key = ""] = content.split("=", 1);
    const origin = { file: path, span: { start: index, end: index + line.length } };
    if (key !== "") pairs.push({ key, text: content.slice(key.length + 1), origin });
  }
  return pairs;
}

function fromLiteral({ text, origin }: LocatedText): KeyValue {
  const sign = text.indexOf("=");
  if (sign <= 0) refuse("invalid-kustomization", `invalid literal source ${text}, expected key=value`, origin);
  return { key: text.slice(0, sign), text: withoutQuotes(text.slice(sign + 1)), origin };
}

function withoutQuotes(text: string): string {
  const quote = text.charAt(0);
  const isQuoted = text.length >= 2 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}

/** `path` or `key=path`; the value is the whole file. kustomize api, internal/generators/utils.go, ParseFileSource, v0.21.2. */
function fromFile(source: LocatedText, loader: Loader): KeyValue {
  const { key, path: name } = parseFileSource(source.text, source.origin);
  const { path, text } = loader.load({ text: name, origin: source.origin });
  const bytes = text.includes("\ufffd") ? loader.bytesOf(path) : undefined;
  const isText = bytes === undefined || isEncodingOf(bytes, text);
  return { key, text, origin: { file: path, span: { start: 0, end: text.length } }, ...(isText ? {} : { bytes }) };
}

function isEncodingOf(bytes: Uint8Array, text: string): boolean {
  const encoded = encodeUtf8(text);
  return encoded.length === bytes.length && encoded.every((byte, index) => byte === bytes[index]);
}

/** The key and the path of an entry of `files`. */
export function parseFileSource(
  source: string,
  at: SourceRange | undefined,
): { readonly key: string; readonly path: string } {
  const [first = "", second, ...more] = source.split("=");
  if (second === undefined) return { key: baseName(source), path: source };
  if (more.length > 0)
    refuse("invalid-kustomization", `source ${JSON.stringify(source)} key name or file path contains '='`, at);
  if (first === "")
    refuse(
      "invalid-kustomization",
      `missing key name for file path ${JSON.stringify(second)} in source ${JSON.stringify(source)}`,
      at,
    );
  if (second === "")
    refuse(
      "invalid-kustomization",
      `missing file path for key name ${JSON.stringify(first)} in source ${JSON.stringify(source)}`,
      at,
    );
  return { key: first, path: second };
}
