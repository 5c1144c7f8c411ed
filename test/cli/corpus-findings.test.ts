import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { arrayAt, at, numberAt, scalarText, textAt } from "../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../server/src/base/json.ts";
import { groupBy } from "../../server/src/base/group.ts";
import { drydock } from "./terminal.ts";

const shared = "../shared";
const corpus = join(shared, "corpus/dev");
const verdicts = join(shared, "conformance/apiserver/corpus-verdicts.jsonl");
const builds = join(shared, "conformance/kustomize/builds.jsonl");
const isHere = [corpus, verdicts, builds].every(existsSync);

function linesOf(path: string): readonly JsonObject[] {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as JsonObject);
}

function pathIn(found: JsonValue): string {
  return (textAt(found, "path") ?? "").slice(corpus.length + 1);
}

describe("errors in real manifests", { skip: isHere ? false : `${shared} is absent` }, () => {
  test("are where the API server or kustomize refuses, and nowhere else", async () => {
    const { out } = await drydock("check", corpus, "--format", "json");
    const errors = arrayAt(JSON.parse(out) as JsonObject, "findings").filter(
      (finding) => textAt(finding, "severity") === "error",
    );
    const recorded = groupBy(linesOf(verdicts), (verdict) => textAt(verdict, "path") ?? "");
    const failing = new Set(
      linesOf(builds).flatMap((build) => (at(build, "error") === undefined ? [] : [textAt(build, "path")])),
    );
    const isRight = (finding: JsonValue): boolean => {
      if (textAt(finding, "code")?.startsWith("kustomize/") === true)
        return arrayAt(finding, "environments").every((name) =>
          failing.has((scalarText(name) ?? "").slice(corpus.length + 1)),
        );
      const line = numberAt(finding, "range", "start", "line") ?? 0;
      const document = recorded.get(pathIn(finding))?.findLast((each) => (numberAt(each, "line") ?? 0) <= line);
      return document === undefined || textAt(document, "verdict") !== "accepted";
    };
    const wrong = errors.filter((finding) => !isRight(finding));
    assert.ok(errors.length > 0);
    assert.deepEqual(
      wrong.map(
        (finding) => `${pathIn(finding)}: ${textAt(finding, "code") ?? ""} ${textAt(finding, "message") ?? ""}`,
      ),
      [],
    );
  });
});
