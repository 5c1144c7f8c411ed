import assert from "node:assert/strict";
import { describe, test } from "node:test";
import ts from "typescript";
import { read, type Source } from "./sources.ts";

/** Layers that speak to people. Below them stand data, codes and Kubernetes' own words. */
const speaking = "{server/src/{features,lsp,cli},client/src}/**/*.ts";

/** Descriptions of codes are the source of the documentation page, which is English. */
const documentation = ["server/src/features/diagnostics/codes.ts"];

/** Calls whose texts no person reads in the product: the log, errors of programmers and of the protocol, names of caches. */
const unread =
  /(^|\.)(#?log(ger)?|console|channel|shared)(\.|$)|^(super|Error|TypeError|RangeError|ResponseError(<.*>)?)$/;

/** A text that another one is compared with is not shown. */
const comparison = /\.(startsWith|endsWith|includes|replaceAll?|indexOf)$/;

describe("texts", () => {
  test("every text for people goes through l10n", () => {
    const sources = read(speaking).filter(({ path }) => !documentation.includes(path));
    assert.deepEqual(sources.flatMap(plainTexts), []);
  });

  test("the check sees a text that does not", () => {
    const found = (text: string): number => plainTexts({ path: "a.ts", text }).length;
    assert.equal(found('const a = { message: "The Service selects no pods" };'), 1);
    assert.equal(found("const a = `Service ${name} selects no pods`;"), 1);
    assert.equal(found('const a = l10n.t("The Service selects no pods");'), 0);
    assert.equal(found('logger.info("read all files");'), 0);
    assert.equal(found('throw new Error("never comes here");'), 0);
    assert.equal(found('import * as a from "two words";'), 0);
  });

  test("placeholders are numbered from 0, and each has a value", () => {
    assert.deepEqual(read(speaking).flatMap(wrongPlaceholders), []);
  });
});

/** Two words in a row: no key, no code, no name; no line of the shell, no line or directive of a manifest, and no markup. */
const sentence = /^(?!\s*(?:drydock|kubectl) |x?# drydock-|apiVersion: |\s*<).*[A-Za-z]{2,}[,:]? [a-z]{2,}/s;

function plainTexts(source: Source): readonly string[] {
  const found: string[] = [];
  visit(source, (node, file) => {
    const text = literalText(node);
    if (text === undefined || !sentence.test(text) || isExempt(node)) return;
    found.push(`${place(source, file, node)}: ${text.slice(0, 60)}`);
  });
  return found;
}

function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("x");
}

function isExempt(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isImportDeclaration(at) || ts.isExportDeclaration(at) || ts.isLiteralTypeNode(at)) return true;
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) {
      const called = at.expression.getText();
      if (called === "l10n.t" || unread.test(called) || comparison.test(called)) return true;
    }
    if (ts.isStatement(at) || ts.isFunctionLike(at)) return false;
  }
  return false;
}

function wrongPlaceholders(source: Source): readonly string[] {
  const found: string[] = [];
  visit(source, (node, file) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== "l10n.t") return;
    const [first, ...values] = node.arguments;
    if (first === undefined || ts.isTemplateExpression(first)) {
      found.push(`${place(source, file, node)}: no translation can be found for a text that is put together first`);
      return;
    }
    if (!ts.isStringLiteral(first)) return;
    const numbers = [...new Set([...first.text.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number)))].sort();
    const wanted = values.map((_, index) => index);
    const spread = values.some((value) => ts.isSpreadElement(value));
    if (!spread && JSON.stringify(numbers) !== JSON.stringify(wanted)) {
      found.push(`${place(source, file, node)}: ${first.text.slice(0, 60)}`);
    }
  });
  return found;
}

function visit({ path, text }: Source, look: (node: ts.Node, file: ts.SourceFile) => void): void {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const walk = (node: ts.Node): void => {
    look(node, file);
    ts.forEachChild(node, walk);
  };
  walk(file);
}

function place({ path }: Source, file: ts.SourceFile, node: ts.Node): string {
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
