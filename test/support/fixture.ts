/**
 * A workspace written as one string: `#- path` begins a file, `«|»` (or `«1»`, `«2»` …) is a cursor, `«name»…«/»` a named range.
 * The marks are characters that no manifest has; without them every file is the YAML that it looks like.
 */
export interface Fixture {
  readonly files: ReadonlyMap<string, FixtureFile>;
  /** Cursors by name; the plain `«|»` is called `|`. */
  readonly cursors: ReadonlyMap<string, Place>;
  /** Ranges in the order of their beginnings; several may share a name. */
  readonly ranges: readonly NamedRange[];
}

export interface FixtureFile {
  readonly path: string;
  /** The text without marks. */
  readonly text: string;
}

/** An offset (UTF-16 units) in the unmarked text of a file. */
export interface Place {
  readonly path: string;
  readonly offset: number;
}

export interface NamedRange {
  readonly name: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The file of a fixture that begins without a `#- path` line. */
export const defaultPath = "/main.yaml";

/** Reads a fixture. Throws with the file and line where a mark is malformed, doubled, never closed or never opened. */
export function parseFixture(source: string): Fixture {
  const files = new Map<string, FixtureFile>();
  const cursors = new Map<string, Place>();
  const ranges: NamedRange[] = [];
  for (const { path, lines } of splitFiles(source)) {
    if (files.has(path)) throw new Error(`The fixture has the file ${path} twice`);
    const text = readMarks(path, lines.join("\n"), cursors, ranges);
    files.set(path, { path, text });
  }
  return { files, cursors, ranges };
}

/** The cursor of that name; throws when the fixture has none, because a test that looks nowhere proves nothing. */
export function cursorOf(fixture: Fixture, name = "|"): Place {
  const found = fixture.cursors.get(name);
  if (found === undefined)
    throw new Error(`The fixture has no cursor «${name}»; it has ${listed([...fixture.cursors.keys()])}`);
  return found;
}

/** All ranges of that name; throws when the fixture has none. */
export function rangesOf(fixture: Fixture, name: string): readonly NamedRange[] {
  const found = fixture.ranges.filter((range) => range.name === name);
  if (found.length === 0) {
    throw new Error(`The fixture has no range «${name}»; it has ${listed(fixture.ranges.map((range) => range.name))}`);
  }
  return found;
}

/** The only range of that name; throws when there are none or several. */
export function rangeOf(fixture: Fixture, name: string): NamedRange {
  const [found, ...others] = rangesOf(fixture, name);
  if (found === undefined || others.length > 0)
    throw new Error(`The fixture has ${others.length + 1} ranges «${name}»`);
  return found;
}

/** The unmarked text of a file; throws when the fixture has no such file. */
export function textOf(fixture: Fixture, path: string): string {
  const found = fixture.files.get(path);
  if (found === undefined)
    throw new Error(`The fixture has no file ${path}; it has ${listed([...fixture.files.keys()])}`);
  return found.text;
}

interface RawFile {
  readonly path: string;
  readonly lines: string[];
}

function splitFiles(source: string): readonly RawFile[] {
  const files: RawFile[] = [];
  for (const line of source.replace(/^\n/, "").split("\n")) {
    const path = /^#- (\S+)$/.exec(line)?.[1];
    if (path !== undefined) files.push({ path, lines: [] });
    else if (files.length > 0) files[files.length - 1]?.lines.push(line);
    else files.push({ path: defaultPath, lines: [line] });
  }
  for (const file of files.slice(0, -1)) file.lines.push("");
  return files;
}

const mark = /«([^«»\n]*)»?/g;

function readMarks(path: string, source: string, cursors: Map<string, Place>, ranges: NamedRange[]): string {
  const open: { name: string; start: number; index: number }[] = [];
  let text = "";
  let last = 0;
  const fail = (problem: string, index: number): never => {
    throw new Error(`${path}:${source.slice(0, index).split("\n").length}: ${problem}`);
  };
  for (const match of source.matchAll(mark)) {
    const name = match[1] ?? "";
    text += source.slice(last, match.index);
    last = match.index + match[0].length;
    if (!match[0].endsWith("»") || name === "") fail(`malformed mark ${match[0]}`, match.index);
    else if (name === "/") {
      const range = open.pop() ?? fail("«/» closes nothing", match.index);
      ranges[range.index] = { name: range.name, path, start: range.start, end: text.length };
    } else if (/^(\||\d+)$/.test(name)) {
      if (cursors.has(name)) fail(`a second cursor «${name}»`, match.index);
      cursors.set(name, { path, offset: text.length });
    } else {
      open.push({ name, start: text.length, index: ranges.length });
      ranges.push({ name, path, start: text.length, end: text.length });
    }
  }
  const unclosed = open[0];
  if (unclosed !== undefined) fail(`«${unclosed.name}» is never closed`, source.length);
  const rest = source.slice(last);
  if (rest.includes("»")) fail("» without «", source.length);
  return text + rest;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `«${name}»`).join(", ");
}
