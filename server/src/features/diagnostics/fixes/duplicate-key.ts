import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../../base/json.ts";
import type { Span } from "../../../base/span.ts";
import type { YamlNode } from "../../../yaml/node.ts";
import type { DocumentFix } from "./types.ts";

/** Keys with which an object begins: where they come again a `---` line is missing. */
const firstKeys: ReadonlySet<string> = new Set(["apiVersion", "kind"]);

/** Ways out of a key that stands in a map twice: a separator before an object that follows without one, else the second entry goes. */
export function duplicateKeyFixes(root: YamlNode | null, key: Span): readonly DocumentFix[] {
  const path = pathOfKey(root, key, []);
  const name = path?.at(-1);
  if (path === undefined || typeof name !== "string") return [];
  if (path.length === 1 && firstKeys.has(name)) {
    const change = { kind: "replace", span: { start: key.start, end: key.start }, newText: "---\n" } as const;
    return [{ title: l10n.t("Begin a new document before the second {0}", name), preferred: true, changes: [change] }];
  }
  return [{ title: l10n.t("Remove the last {0}", name), preferred: false, changes: [{ kind: "remove", path }] }];
}

function pathOfKey(node: YamlNode | null, key: Span, base: JsonPath): JsonPath | undefined {
  if (node?.type === "sequence") {
    for (const [index, item] of node.items.entries()) {
      const found = pathOfKey(item, key, [...base, index]);
      if (found !== undefined) return found;
    }
  }
  if (node?.type !== "map") return undefined;
  for (const entry of node.entries) {
    const path = [...base, entry.name];
    if (entry.key.span.start === key.start && entry.key.span.end === key.end) return path;
    const found = pathOfKey(entry.value, key, path);
    if (found !== undefined) return found;
  }
  return undefined;
}
