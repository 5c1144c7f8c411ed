import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { TestWorkspace } from "../support/workspace.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus/seeds");
const seeds = ["000", "001", "003"];

interface Row {
  readonly block: string;
  readonly line: number;
  readonly level: string;
  readonly rule: string;
}

/** Errors and warnings that people expect of the learning documents' manifests; a finding on the line, or at most one line off it, counts. */
function expectedRows(): readonly Row[] {
  const [, ...lines] = readFileSync(join(corpus, "expected.tsv"), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [block = "", , at = "", , level = "", rule = ""] = line.split("\t");
    return { block, line: Number(at), level, rule };
  });
}

describe(
  "manifests of the learning documents",
  { skip: existsSync(corpus) ? false : "../shared/corpus is not here" },
  () => {
    for (const seed of existsSync(corpus) ? seeds : []) {
      test(`${seed}: what is expected is found, and nothing else`, () => {
        const files = readdirSync(join(corpus, seed)).filter((name) => name.endsWith(".yaml"));
        const workspace = new TestWorkspace(
          files
            .map(
              (name) => `#- /${seed}/${name}\n${readFileSync(join(corpus, seed, name), "utf8").replaceAll("\r", "")}`,
            )
            .join("\n"),
        );
        const rows = expectedRows().filter(
          ({ block, level }) => block.startsWith(`${seed}/`) && ["S", "E", "W"].includes(level),
        );
        for (const file of workspace.files) {
          const wanted = rows.filter(({ block }) => `/${block}.yaml` === file);
          const text = workspace.readOf(file)?.text ?? "";
          const found = workspace
            .findings(file)
            .filter(({ severity }) => severity === "error" || severity === "warning")
            .map(({ place, severity, code }) => ({
              line: text.slice(0, place.start).split("\n").length,
              severity,
              code,
            }));
          // A version that is no longer served is the one obligatory finding: the fields are judged once it is mended.
          const obligatory = wanted.some(({ rule }) => rule === "removed-api")
            ? wanted.filter(({ rule }) => rule === "removed-api")
            : wanted;
          assert.deepEqual(
            obligatory.filter(({ line }) => !found.some((each) => each.line === line)),
            [],
            `${file}: missing`,
          );
          assert.deepEqual(
            found.filter(({ line }) => !wanted.some((each) => each.line === line)),
            [],
            `${file}: unexpected`,
          );
        }
      });
    }
  },
);
