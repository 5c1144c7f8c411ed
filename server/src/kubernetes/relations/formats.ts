import type { Span } from "../../base/span.ts";
import { hostsIn } from "../dns-names.ts";

/** One name within a text. */
export interface NamePart {
  readonly text: string;
  readonly span: Span;
  /** The namespace that is written beside it. */
  readonly namespace: string | undefined;
  /** `false`: it reads like a name, but may be any word, or stands for several. */
  readonly isCertain: boolean;
}

/** How a relation writes names: its `by` and `format` in the table. */
export interface NameFormat {
  readonly by: string;
  readonly format: string | undefined;
}

/** The names that a text of a relation holds, by the notation of its row; several in lists and programs. */
export function namesInText({ by, format }: NameFormat, text: string): readonly NamePart[] {
  if (by === "dns-name") return hostsIn(text, format === "text" ? "program" : "hosts").map(toHostPart);
  if (format === undefined) return text === "" ? [] : [part(text, 0)];
  if (format.startsWith("$(") && !text.includes("$(")) return [];
  return (readers.find(([prefix]) => format.startsWith(prefix))?.[1] ?? wholeName)(text);
}

type Reader = (text: string) => readonly NamePart[];

function toHostPart({ service, namespace, isCertain, start }: ReturnType<typeof hostsIn>[number]): NamePart {
  return { ...part(service, start, namespace), isCertain };
}

const wholeName: Reader = (text) => (text === "" || /[*~]/.test(text) ? [] : [part(text, 0)]);

/** By what the format begins with; longer beginnings first. */
const readers: readonly (readonly [prefix: string, reader: Reader])[] = [
  ["list:, of group/", (text) => capture(text, /([^/,\s]+)(?=\s*(?:,|$))/g)],
  ["list:, of [namespace/]name", (text) => inList(text, (item) => slashed(item.replace(/@.*/, "")))],
  ["list:, of NAMESPACE-NAME", (text) => inList(text, traefikName)],
  ["list:", (text) => inList(text, (item) => (item === "." ? [] : wholeName(item)))],
  ["[namespace/]host", (text) => capture(text, /^([a-z0-9-]+)(?=\/)/g)],
  ["[namespace/]name or", (text) => (text.includes("/") ? slashed(text) : dotted(text))],
  ["[namespace/]name", (text) => slashed(text)],
  ["namespace/name", (text) => (text.includes("/") ? slashed(text) : [])],
  ["true, false or", (text) => (/^(?:true|false)$/.test(text) ? [] : slashed(text))],
  ["NAMESPACE-NAME@", (text) => traefikName(text)],
  ["name, NAMESPACE-NAME@", (text) => (text.includes("@") ? traefikName(text) : wholeName(text))],
  ["name or name.namespace", (text) => dotted(text)],
  ["STATEFULSET-ORDINAL", (text) => capture(text, /^(.+)-\d+$/g)],
  ["system:serviceaccounts:", (text) => capture(text, /^system:serviceaccounts:(.+)$/g)],
  ["system:serviceaccount:", (text) => withNamespace(text, /^system:serviceaccount:([^:]+):(.+)$/)],
  ["TRUSTDOMAIN/", (text) => withNamespace(text, /\/ns\/([^/*]+)\/sa\/([^/*]+)$/)],
  ["metadata.labels", (text) => capture(text, /^metadata\.labels\['([^']+)'\]$/g)],
  ["$(NAME)", (text) => variables(text)],
  [
    "$(X_SERVICE",
    (text) => capture(text, /\$\(([A-Z][A-Z0-9_]*?)_(?:SERVICE_(?:HOST|PORT(?:_\w+)?)|PORT(?:_\w+)?)\)/g),
  ],
  ["{{args.NAME}}", (text) => capture(text, /\{\{\s*args\.([\w-]+)\s*\}\}/g)],
  ["variables.NAME", (text) => capture(text, /\bvariables\.(\w+)/g)],
  ["$REF/", (text) => capture(text, /^\$([^/]+)/g)],
  ["REQUEST", (text) => capture(text, /^([^/]+)/g)],
  ["plural[/subresource]", (text) => capture(text, /^([^/*]+)/g)],
  ["count/plural", (text) => capture(text, /^count\/([^.]+)/g)],
  ["NAME.storageclass", (text) => capture(text, /^(.+)\.storageclass\.storage\.k8s\.io\//g)],
  ["NAME.deviceclass", (text) => capture(text, /^(.+)\.deviceclass\.resource\.k8s\.io\//g)],
  ["NS.svc.DOMAIN", (text) => capture(text, /^([a-z0-9-]+)\.svc\./g)],
  ["JSON {", (text) => capture(text, /:\s*"([^"]+)"/g)],
  ["JSON with", (text) => capture(text, /"serviceName"\s*:\s*"([^"]+)"/g)],
  ["regular expression", (text) => wholeName(text).map((each) => ({ ...each, isCertain: false }))],
  ["name or regular expression", (text) => wholeName(text).map((each) => ({ ...each, isCertain: false }))],
];

function part(text: string, start: number, namespace?: string): NamePart {
  return { text, span: { start, end: start + text.length }, namespace, isCertain: true };
}

/** Everything that the expression's first group catches. */
function capture(text: string, expression: RegExp): readonly NamePart[] {
  return [...text.matchAll(expression)].map((match) => {
    const name = match[1] ?? "";
    return part(name, match.index + match[0].indexOf(name));
  });
}

function withNamespace(text: string, expression: RegExp): readonly NamePart[] {
  const [, namespace, name] = expression.exec(text) ?? [];
  return name === undefined ? [] : [part(name, text.length - name.length, namespace)];
}

/** `namespace/name`, or the name alone. */
function slashed(text: string): readonly NamePart[] {
  const slash = text.indexOf("/");
  if (slash < 0) return wholeName(text);
  const name = text.slice(slash + 1);
  return name === "" || /[*~]/.test(name) ? [] : [part(name, slash + 1, text.slice(0, slash))];
}

/** `name.namespace`, or the name alone. */
function dotted(text: string): readonly NamePart[] {
  const [name = "", namespace] = text.split(".");
  return name === "" || /[*~]/.test(name) ? [] : [part(name, 0, namespace)];
}

function inList(text: string, reader: Reader): readonly NamePart[] {
  return [...text.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)].flatMap((item) =>
    reader(item[0]).map((each) => ({
      ...each,
      span: { start: each.span.start + item.index, end: each.span.end + item.index },
    })),
  );
}

/** `NAMESPACE-NAME@kubernetescrd`: both may have hyphens, so that every split may be meant. */
function traefikName(text: string): readonly NamePart[] {
  const plain = text.replace(/@kubernetescrd$/, "");
  if (plain === text) return [];
  return [...plain.matchAll(/-/g)].map(({ index }) => ({
    ...part(plain.slice(index + 1), index + 1, plain.slice(0, index)),
    isCertain: false,
  }));
}

/** `$(NAME)`; `$$` is a dollar sign. */
function variables(text: string): readonly NamePart[] {
  return [...text.matchAll(/\$\$|\$\(([^()\s]+)\)/g)].flatMap((match) =>
    match[1] === undefined ? [] : [part(match[1], match.index + 2)],
  );
}
