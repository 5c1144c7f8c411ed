import assert from "node:assert/strict";
import { cursorOf, parseFixture, textOf } from "../support/fixture.ts";
import type { Fixture } from "../support/fixture.ts";
import {
  checkDefinition,
  checkReferences,
  checkRename,
  completed,
  completionLabels,
  hoverText,
  renameRefusal,
} from "./check.ts";
import type { Family } from "./relation-families.ts";
import { families } from "./relation-parts.ts";

/** What an editor can ask of a name, in the order of the table's columns. */
export const verbs = ["definition", "references", "completion", "rename", "hover"] as const;

export type Verb = (typeof verbs)[number];

/** One verb, asked at one mark of a family's fixture. */
export interface Check {
  readonly verb: Verb;
  /** `use 2`, `declaration 1`. */
  readonly place: string;
  readonly run: () => void;
}

/** All checks of a family: every verb from every place that names the thing; from what declares it those that have a meaning there. */
export function checksOf(family: Family): readonly Check[] {
  const fromUses = marksOf(family, "use").flatMap(({ place, marked, emptied, text }): readonly Check[] => [
    { verb: "definition", place, run: () => checkDefinition(marked) },
    { verb: "references", place, run: () => checkReferences(marked) },
    { verb: "completion", place, run: () => checkCompletion(marked, emptied, text) },
    { verb: "rename", place, run: () => checkRenaming(family, marked) },
    { verb: "hover", place, run: () => checkHover(marked, "target") },
  ]);
  const fromDeclarations = marksOf(family, "target").flatMap(({ place, marked }): readonly Check[] => [
    { verb: "references", place, run: () => checkReferences(marked) },
    { verb: "rename", place, run: () => checkRenaming(family, marked) },
    { verb: "hover", place, run: () => checkHover(marked, "use") },
  ]);
  return [...fromUses, ...fromDeclarations];
}

interface Mark {
  readonly place: string;
  /** The fixture with the cursor in the mark. */
  readonly marked: string;
  /** The same without the marked text. */
  readonly emptied: string;
  readonly text: string;
}

function marksOf({ source, cursor }: Family, name: "use" | "target"): readonly Mark[] {
  return [...source.matchAll(new RegExp(`«${name}»`, "g"))].map(({ index, 0: mark }, number) => {
    const start = index + mark.length;
    const end = source.indexOf("«/»", start);
    const at = cursor === "end" ? end : start;
    return {
      place: `${name === "use" ? "use" : "declaration"} ${number + 1}`,
      marked: `${source.slice(0, at)}«|»${source.slice(at)}`,
      emptied: `${source.slice(0, start)}«|»${source.slice(end)}`,
      text: source.slice(start, end),
    };
  });
}

function checkRenaming({ rename, spell }: Family, marked: string): void {
  if (typeof rename === "string") checkRename(marked, rename, spell);
  else assert.match(renameRefusal(marked) ?? "", rename);
}

/** What was written is offered where nothing stands, and taking it brings back the text. */
function checkCompletion(marked: string, emptied: string, text: string): void {
  const fixture = parseFixture(marked);
  const label = completionLabels(emptied).find(
    (each) => each === text || each.endsWith(`'${text}']`) || each.endsWith(`/${text}`),
  );
  assert.ok(label !== undefined, `${text} is not among ${completionLabels(emptied).join(" | ")}`);
  assert.equal(completed(emptied, label), textOf(fixture, cursorOf(fixture).path));
}

/** The hover links to every object that has a mark of that name, or to the mark itself. */
function checkHover(marked: string, name: string): void {
  const fixture = parseFixture(marked);
  const markdown = hoverText(marked) ?? "";
  for (const range of fixture.ranges.filter((each) => each.name === name)) {
    const places = [range.start, nameOffset(fixture, range.path)].map((offset) => lineOf(fixture, range.path, offset));
    assert.ok(
      places.some((place) => markdown.includes(`(${place})`)),
      `no link to ${places.join(" or ")} in:\n${markdown}`,
    );
  }
}

/** Where the object of a file has its name: a link to the object leads there. */
function nameOffset(fixture: Fixture, path: string): number {
  return textOf(fixture, path).indexOf("name:");
}

function lineOf(fixture: Fixture, path: string, offset: number): string {
  return `${path}:${textOf(fixture, path).slice(0, offset).split("\n").length}`;
}

/** The table as Markdown: how many places of a family each verb was asked at, and what failed. */
export function relationTable(): string {
  const rows = families.map((family) => {
    const checks = checksOf(family);
    const cells = verbs.map((verb) => {
      const own = checks.filter((check) => check.verb === verb);
      const failed = own.filter(({ run }) => !holds(run)).map(({ place }) => place);
      if (failed.length > 0) return `fails at ${failed.join(", ")}`;
      const refused = verb === "rename" && typeof family.rename !== "string" ? " (refused)" : "";
      return `${own.length}${refused}`;
    });
    return `| ${[family.family, ...cells].join(" | ")} |`;
  });
  return [`| relation | ${verbs.join(" | ")} |`, `| --- |${" --- |".repeat(verbs.length)}`, ...rows].join("\n");
}

function holds(run: () => void): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}
