import type { Page } from "../../server/src/features/page.ts";
import { textOf } from "./fixture.ts";
import type { TestWorkspace } from "./workspace.ts";

/** A page's text with its links as `[words](file:line)`. */
export function pageText(page: Page | undefined, workspace: TestWorkspace): string {
  if (page === undefined) return "";
  const lineOf = (file: string, offset: number): number =>
    textOf(workspace.fixture, file).slice(0, offset).split("\n").length;
  const links = [...page.links].sort((a, b) => b.start - a.start);
  return links.reduce(
    (text, { start, end, place }) =>
      `${text.slice(0, start)}[${text.slice(start, end)}](${place.file}:${lineOf(place.file, place.start)})${text.slice(end)}`,
    page.text,
  );
}
