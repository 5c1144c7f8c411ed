import assert from "node:assert/strict";
import { actionsAt } from "../../server/src/features/code-actions/code-actions.ts";
import type { ActionOffer } from "../../server/src/features/code-actions/code-actions.ts";
import { editsOf, fixesTogether } from "../../server/src/features/code-actions/edits.ts";
import type { CheckOptions } from "../../server/src/features/diagnostics/rule.ts";
import type { Finding } from "../../server/src/features/finding.ts";
import { hoverAt } from "../../server/src/features/hover/hover.ts";
import { secretValueAt } from "../../server/src/features/hover/secret.ts";
import { completionsAt } from "../../server/src/features/completion/completion.ts";
import type { Completion } from "../../server/src/features/completion/completion.ts";
import { definitionAt } from "../../server/src/features/definition/definition.ts";
import { highlightsAt } from "../../server/src/features/highlight/highlight.ts";
import { editsOfRename, planRename, prepareRename } from "../../server/src/features/rename/rename.ts";
import { occurrencesAt, placesOf } from "../../server/src/features/references/references.ts";
import { lensesOf } from "../../server/src/features/code-lens/code-lens.ts";
import { silencingFixes } from "../../server/src/features/suppression/silence.ts";
import { previewAt } from "../../server/src/features/preview/preview.ts";
import type { Place } from "../../server/src/index/types.ts";
import { documentLinksOf } from "../../server/src/features/document-links/document-links.ts";
import { foldsOf } from "../../server/src/features/folding/folding.ts";
import { inlayHintsOf } from "../../server/src/features/inlay-hints/inlay-hints.ts";
import { selectionRangesAt } from "../../server/src/features/selection-ranges/selection-ranges.ts";
import { semanticTokensOf } from "../../server/src/features/semantic-tokens/semantic-tokens.ts";
import { documentSymbolsOf } from "../../server/src/features/symbols/symbols.ts";
import type { DocumentSymbol } from "../../server/src/features/symbols/symbols.ts";
import { workspaceSymbolsOf } from "../../server/src/features/symbols/workspace-symbols.ts";
import { readFile } from "../../server/src/model/read.ts";
import type { ReadFile } from "../../server/src/model/read.ts";
import type { Settings } from "../../server/src/protocol/settings.ts";
import { applyEdits } from "../../server/src/yaml/edit.ts";
import { cursorOf, parseFixture, rangesOf, textOf } from "../support/fixture.ts";
import { TestWorkspace } from "../support/workspace.ts";

/**
 * Checks every finding of every file: `# want[code] message` (or `# want[code:severity] …`) at the end of a line wants one that begins on this line
 * and whose message contains the text; a finding that nobody wants is a failure, too.
 */
export function checkDiagnostics(source: string, options: Partial<CheckOptions> = {}): void {
  const workspace = new TestWorkspace(source);
  const wanted = workspace.files.flatMap((file) => wantedIn(file, textOf(workspace.fixture, file)));
  const found = workspace.files.flatMap((file) =>
    workspace.findings(file, options).map((finding) => foundAt(finding, textOf(workspace.fixture, finding.place.file))),
  );
  const open = [...found];
  const missing = wanted.filter((want) => {
    const index = open.findIndex(
      (each) =>
        each.file === want.file &&
        each.line === want.line &&
        each.code === want.code &&
        each.message.includes(want.message) &&
        (want.severity === undefined || each.severity === want.severity),
    );
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  assert.deepEqual({ missing, unwanted: open }, { missing: [], unwanted: [] });
}

interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly severity: string | undefined;
  readonly message: string;
}

function wantedIn(file: string, text: string): readonly Expectation[] {
  return text.split("\n").flatMap((line, index) =>
    [...line.matchAll(/# want\[([^\]:]+)(?::(\w+))?\] ?([^#]*)/g)].map(([, code = "", severity, message = ""]) => ({
      file,
      line: index + 1,
      code,
      severity,
      message: message.trim(),
    })),
  );
}

function foundAt({ code, severity, message, place }: Finding, text: string): Expectation {
  return { file: place.file, line: text.slice(0, place.start).split("\n").length, code, severity, message };
}

/** Applies the fix of that title to the finding of a file; the files that change must then read as `after` says (path to text). */
export function checkFix(source: string, title: string, after: Readonly<Record<string, string>>): void {
  const workspace = new TestWorkspace(source);
  const fixes = workspace.files.flatMap((file) => workspace.findings(file).flatMap((finding) => finding.fixes));
  const fix = fixes.find((each) => each.title === title);
  assert.ok(fix !== undefined, `no fix “${title}”; there are: ${fixes.map((each) => each.title).join(" | ")}`);
  const edits = editsOf(fix.changes, (file) => workspace.readOf(file));
  assert.ok(edits !== undefined, "the changes can't be made");
  const changed = Object.fromEntries(
    edits.map(({ file, edits: each }) => [file, applyEdits(textOf(workspace.fixture, file), each)]),
  );
  assert.deepEqual(changed, after);
}

/** Silences the first finding of a text in the way of that title: the text must then read as `after`, and have no finding of that code any more. */
export function checkSilenced(source: string, title: string, after: string): void {
  const workspace = new TestWorkspace(source);
  const [file = ""] = workspace.files;
  const read = workspace.readOf(file);
  assert.ok(read !== undefined);
  const fixes = workspace
    .findings(file)
    .flatMap((finding) => silencingFixes(finding, read).map((fix) => ({ finding, fix })));
  const chosen = fixes.find(({ fix }) => fix.title === title);
  assert.ok(chosen !== undefined, `no way “${title}”; there are: ${fixes.map(({ fix }) => fix.title).join(" | ")}`);
  const edits = editsOf(chosen.fix.changes, (each) => workspace.readOf(each)) ?? [];
  const changed = edits.reduce((text, each) => applyEdits(text, each.edits), read.text);
  assert.equal(changed, after);
  const left = new TestWorkspace(`#- ${file}\n${after}`).findings(file);
  assert.ok(!left.some(({ code }) => code === chosen.finding.code), left.map(({ code }) => code).join());
}

/** The hover at the cursor, as Markdown with links as `[text](file:line)`; `undefined` wants none. */
export function hoverText(source: string): string | undefined {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  const link = ({ file, start }: { readonly file: string; readonly start: number }): string =>
    `${file}:${textOf(workspace.fixture, file).slice(0, start).split("\n").length}`;
  return hoverAt(workspace.context(path), offset, link, (place) => `reveal:${link(place)}`)?.markdown;
}

/** What the command that reveals a Secret's value gets at the cursor. */
export function revealedSecret(source: string): ReturnType<typeof secretValueAt> {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  return secretValueAt(workspace.context(path), offset);
}

/** Definition at the cursor leads to exactly the ranges called `target`. */
export function checkDefinition(source: string): void {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  const found = definitionAt(workspace.context(path), offset).map(
    ({ file, start, end }) => `${file} ${textOf(workspace.fixture, file).slice(start, end)}@${start}`,
  );
  const wanted = rangesOf(workspace.fixture, "target").map(
    ({ path: file, start, end }) => `${file} ${textOf(workspace.fixture, file).slice(start, end)}@${start}`,
  );
  assert.deepEqual(found.sort(), wanted.sort());
}

/** References at the cursor (the declaration included) are exactly the ranges called `target` and `use`. */
export function checkReferences(source: string): void {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  const occurrences = occurrencesAt(workspace.context(path), offset);
  const found = placesOf(occurrences, (file) => workspace.readOf(file));
  const wanted = workspace.fixture.ranges.map((range) => ({ ...range, file: range.path }));
  assert.deepEqual(shown(workspace, found), shown(workspace, wanted));
}

/** Highlights at the cursor are exactly the ranges of its file. */
export function checkHighlights(source: string): void {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  const found = highlightsAt(workspace.context(path), offset).map(({ span }) => ({ file: path, ...span }));
  const wanted = workspace.fixture.ranges.flatMap((range) =>
    range.path === path ? [{ ...range, file: range.path }] : [],
  );
  assert.deepEqual(shown(workspace, found), shown(workspace, wanted));
}

/** The texts of all files after the thing at the cursor is renamed; the reason where it is refused. */
export function renamed(source: string, name: string): ReadonlyMap<string, string> | string {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  return renamedIn(workspace, path, offset, name);
}

/** Why the thing at the cursor can't be renamed; `undefined` where it can. */
export function renameRefusal(source: string): string | undefined {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  const prepared = prepareRename(workspace.context(path), offset);
  if (prepared === undefined) return "nothing to rename";
  return "reason" in prepared ? prepared.reason : undefined;
}

/** The same in a workspace that is there already. */
export function renamedIn(
  workspace: TestWorkspace,
  path: string,
  offset: number,
  name: string,
): ReadonlyMap<string, string> | string {
  const plan = planRename(workspace.context(path), offset, name, {
    environmentsOf: (file) => workspace.environments.of(file),
    sourcesOf: (file) => workspace.environments.index.file(file)?.resources ?? [],
  });
  assert.ok(plan !== undefined, "nothing to rename");
  if ("reason" in plan) return plan.reason;
  const edits = editsOfRename(plan, (file) => workspace.readOf(file));
  if ("reason" in edits) return edits.reason;
  return new Map(
    workspace.files.map((file) => [
      file,
      applyEdits(
        textOf(workspace.fixture, file),
        edits.filter((edit) => edit.file === file),
      ),
    ]),
  );
}

/** What is offered at the cursor, the best first. */
export function completionLabels(source: string): readonly string[] {
  return completions(source).map(({ label }) => label);
}

/** The text of the cursor's file after the choice of that label is taken. */
export function completed(source: string, label: string): string {
  const { path } = cursorOf(parseFixture(source));
  const choice = completions(source).find((each) => each.label === label);
  assert.ok(choice !== undefined, `nothing offers ${label}`);
  return applyEdits(textOf(parseFixture(source), path), [choice]);
}

/** The templates that are offered at the cursor. */
export function templatesAt(source: string): readonly Completion[] {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  return completionsAt(workspace.context(path), offset, true).filter(({ kind }) => kind === "template");
}

/** All that is offered at the cursor. */
export function completions(source: string): readonly Completion[] {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  return completionsAt(workspace.context(path), offset);
}

/** Renaming the thing at the cursor changes exactly the ranges `target` and `use`, of which each reads as the new name afterwards. */
export function checkRename(source: string, name: string, spell: (text: string) => string = () => name): void {
  const { files, ranges } = parseFixture(source);
  const after = renamed(source, name);
  assert.ok(typeof after !== "string", typeof after === "string" ? after : "");
  for (const { path, text } of files.values()) {
    const own = ranges.filter((range) => range.path === path);
    const wanted = applyEdits(
      text,
      own.map(({ start, end }) => ({ span: { start, end }, newText: spell(text.slice(start, end)) })),
    );
    assert.equal(after.get(path), wanted);
  }
}

function shown(workspace: TestWorkspace, places: readonly Place[]): readonly string[] {
  return places
    .map(({ file, start, end }) => `${file} ${textOf(workspace.fixture, file).slice(start, end)}@${start}`)
    .sort();
}

/** The titles of a file's lenses with the line that they stand above. */
export function lensTitles(source: string, file: string): readonly string[] {
  const workspace = new TestWorkspace(source);
  return lensesOf(workspace.context(file)).map(
    ({ place, title }) => `${textOf(workspace.fixture, place.file).slice(0, place.start).split("\n").length}: ${title}`,
  );
}

/** The text of the preview at the cursor. */
export function previewText(source: string): string | undefined {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  return previewAt(workspace.context(path), { offset, service: undefined })?.text;
}

/** The inlay hints of a file: exactly those that stand in it as `«text»`, at these places. */
export function checkInlayHints(source: string, file: string, settings: Partial<Settings> = {}): void {
  const plain = source.replace(/«[^»]*»/g, "");
  const workspace = new TestWorkspace(plain, settings);
  const text = textOf(workspace.fixture, file);
  const hints = inlayHintsOf(workspace.context(file), { start: 0, end: text.length });
  const shown = hints
    .toReversed()
    .reduce((all, hint) => `${all.slice(0, hint.offset)}«${hint.text}»${all.slice(hint.offset)}`, text);
  assert.ok(`${source}\n`.includes(shown), `${shown}\n--- instead of\n${source}`);
}

/** The symbols of a file, one a line, indented as a tree: type, name, detail, line of the name. */
export function symbolLines(source: string, file: string): readonly string[] {
  const workspace = new TestWorkspace(source);
  const text = textOf(workspace.fixture, file);
  const lines = (symbols: readonly DocumentSymbol[], indent: string): readonly string[] =>
    symbols.flatMap(({ type, name, detail, selection, span, children }) => {
      assert.ok(selection.start >= span.start && selection.end <= span.end, `${name}: the name stands outside`);
      const line = text.slice(0, selection.start).split("\n").length;
      const about = detail === "" ? "" : ` (${detail})`;
      return [`${indent}${type} ${name}${about} @${line}`, ...lines(children, `${indent}  `)];
    });
  return lines(documentSymbolsOf(workspace.context(file)), "");
}

/** The names of the workspace's symbols that a query finds. */
export function workspaceSymbolNames(source: string, query: string): readonly string[] {
  return workspaceSymbolsOf(new TestWorkspace(source).environments.index, query, 100).map(({ name }) => name);
}

/** The folds of a text are exactly these, `start-end` by lines counted from 1; those of comments alone begin with `comment`. */
export function checkFolds(source: string, wanted: readonly string[]): void {
  const folds = foldsOf(readFile(source));
  assert.deepEqual(
    folds.map(({ start, end, kind }) => `${kind === "comment" ? "comment " : ""}${start + 1}-${end + 1}`),
    wanted,
  );
}

/** What a growing selection takes in from the cursor on, the smallest first. */
export function checkSelection(source: string, wanted: readonly string[]): void {
  const { fixture } = new TestWorkspace(source);
  const { path, offset } = cursorOf(fixture);
  const text = textOf(fixture, path);
  assert.deepEqual(
    selectionRangesAt(readFile(text), offset).map(({ start, end }) => text.slice(start, end)),
    wanted,
  );
}

/** The links of a kustomization: what is underlined, and where it leads. */
export function documentLinkTexts(source: string, file: string): readonly string[] {
  const { files } = parseFixture(source);
  const text = files.get(file)?.text ?? "";
  const context = { ...new TestWorkspace(source).context(file), read: readFile(text, undefined, "kustomization") };
  return documentLinksOf(context, (each) => files.has(each)).map(
    ({ span, target }) => `${text.slice(span.start, span.end)} -> ${target}`,
  );
}

/** The semantic tokens of a file, `type.modifier word`; asked for a part of it they are those of the part. */
export function checkTokens(source: string, file: string, wanted: readonly string[]): void {
  const workspace = new TestWorkspace(source);
  const text = textOf(workspace.fixture, file);
  const tokens = semanticTokensOf(workspace.context(file), { start: 0, end: text.length });
  assert.deepEqual(
    tokens.map(({ type, modifier, span }) => `${type}.${modifier ?? ""} ${text.slice(span.start, span.end)}`),
    wanted,
  );
  for (const token of tokens) {
    const inside = semanticTokensOf(workspace.context(file), { start: token.span.start + 1, end: token.span.end - 1 });
    assert.deepEqual(inside, [token]);
  }
}

/** The actions at the cursor, `kind: title`. */
export function actionTitles(source: string): readonly string[] {
  return actionsOf(source).offers.map(({ kind, title }) => `${kind}: ${title}`);
}

/** Takes the action of that title at the cursor; the files that change must then read as `after` says (path to text). */
export function checkAction(source: string, title: string, after: Readonly<Record<string, string>>): void {
  const { workspace, offers } = actionsOf(source);
  const offer = offers.find((each) => each.title === title);
  assert.ok(offer !== undefined, `no action “${title}”; there are: ${offers.map((each) => each.title).join(" | ")}`);
  const readOf = (file: string): ReadFile | undefined => workspace.readOf(file);
  const changes = fixesTogether(offer.fixes, readOf).flatMap((fix) => fix.changes);
  const edits = editsOf(changes, readOf);
  assert.ok(edits !== undefined, "the changes can't be made");
  const changed = edits.map(({ file, edits: each }) => [file, applyEdits(textOf(workspace.fixture, file), each)]);
  assert.deepEqual(Object.fromEntries(changed), after);
}

function actionsOf(source: string): { readonly workspace: TestWorkspace; readonly offers: readonly ActionOffer[] } {
  const workspace = new TestWorkspace(source);
  const { path, offset } = cursorOf(workspace.fixture);
  const context = workspace.context(path);
  return { workspace, offers: actionsAt(context, workspace.findings(path), { start: offset, end: offset }) };
}
