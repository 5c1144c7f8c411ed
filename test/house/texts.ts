import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { english } from "../../client/webview/strings.ts";
import { sentences } from "../../server/src/yaml/problem.ts";
import { root } from "./sources.ts";

/** Layers whose texts people read: what they hand to l10n is what a translation has to have. */
const speaking = ["server/src/{features,lsp,cli}/**/*.ts", "client/src/**/*.ts"];

/** Every English text that the sources hand to `l10n.t`, the sentences about YAML and the texts of the simulator, sorted; texts that are put together at run time can't be found, and are forbidden. */
export function extractTexts(): readonly string[] {
  const found = new Set<string>([...Object.values(sentences), ...Object.values(english)]);
  for (const path of globSync(speaking, { cwd: root })) {
    const file = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
    collect(file, found);
  }
  return [...found].sort();
}

function collect(node: ts.Node, found: Set<string>): void {
  if (ts.isCallExpression(node) && node.expression.getText() === "l10n.t") {
    const [first] = node.arguments;
    if (first !== undefined && ts.isStringLiteralLike(first)) found.add(first.text);
  }
  ts.forEachChild(node, (child) => collect(child, found));
}
