import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The root of the checkout. */
export const root = resolve(import.meta.dirname, "../..");

/** A file of ours, with its path below the root in forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** An import or re-export of a source file. */
export interface Import {
  readonly from: string;
  /** Whether it names types alone and is gone when the program runs. */
  readonly typeOnly: boolean;
}

/** Every TypeScript source of the product. */
export function productSources(): readonly Source[] {
  return read("{server/src,client}/**/*.{ts,tsx}");
}

/** The product's sources, the tests and the scripts at the root. */
export function allSources(): readonly Source[] {
  return [...productSources(), ...read("test/**/*.ts"), ...read("*.{mjs,js}")];
}

export function read(pattern: string): readonly Source[] {
  return globSync(pattern, { cwd: root })
    .sort()
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(root, path), "utf8") }));
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

const statement = /^(?:import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?"([^"\n]+)"/gm;
const dynamic = /\bimport\(\s*"([^"\n]+)"\s*\)/g;

export function importsOf({ text }: Source): readonly Import[] {
  const found = [...text.matchAll(statement)].map(([, type, names, from = ""]) => ({
    from,
    typeOnly: type !== undefined || isTypesAlone(names ?? ""),
  }));
  return [...found, ...[...text.matchAll(dynamic)].map(([, from = ""]) => ({ from, typeOnly: false }))];
}

/** `{ type A, type B }`. */
function isTypesAlone(names: string): boolean {
  const list = /^\{(.*)\}$/s
    .exec(names)?.[1]
    ?.split(",")
    .map((each) => each.trim());
  return list !== undefined && list.every((each) => each === "" || each.startsWith("type "));
}
