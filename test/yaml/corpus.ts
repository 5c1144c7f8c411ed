import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "..", "..", "shared", "corpus", "dev");

/** Manifests of public repositories, where they are at hand; tells loudly where they are not. */
export function corpusTexts(limit: number): readonly string[] {
  if (!existsSync(folder)) {
    console.warn("The corpus of public manifests is not here: its tests only see a few texts of our own.");
    return [];
  }
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort();
  const step = Math.max(1, Math.floor(files.length / limit));
  return files.filter((_, index) => index % step === 0).map((file) => readFileSync(join(folder, file), "utf8"));
}
