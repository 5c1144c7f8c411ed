import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { arrayAt, numberAt, textAt } from "../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../server/src/base/json.ts";
import { drydock } from "./terminal.ts";

const seeds = "../shared/corpus/seeds";
const table = join(seeds, "services.tsv");
const isHere = existsSync(table);

/** A Service of a seed: block, 1-based line of its name, and the workloads that it selects as `BLOCK KIND/NAME`. */
interface Expected {
  readonly block: string;
  readonly line: number;
  readonly name: string;
  readonly workloads: readonly string[];
}

describe(
  "Services of the learning documents select exactly what people found by hand",
  { skip: isHere ? false : `${table} is absent` },
  () => {
    const rows = isHere ? readFileSync(table, "utf8").trim().split("\n").slice(1).map(expectedOf) : [];
    for (const seed of new Set(rows.map(({ block }) => block.slice(0, 3)))) {
      test(seed, async () => {
        const { status, out } = await drydock("endpoints", join(seeds, seed), "--format", "json");
        assert.equal(status, 0);
        const found = arrayAt(JSON.parse(out) as JsonObject, "services");
        const wanted = rows.filter(({ block }) => block.startsWith(seed));
        for (const { block, line, name, workloads } of wanted) {
          const own = found.filter((each) => blockOf(seed, each) === block && numberAt(each, "line") === line - 1);
          assert.deepEqual(
            own.map((each) => textAt(each, "name")),
            [name],
            `${block}:${line}`,
          );
          assert.deepEqual(
            own.flatMap((each) => arrayAt(each, "workloads").map((workload) => workloadText(seed, workload))).sort(),
            [...workloads].sort(),
            `${block}:${line} ${name}`,
          );
        }
        assert.equal(found.length, wanted.length);
      });
    }
  },
);

function expectedOf(line: string): Expected {
  const [block = "", number = "", name = "", , , same = "-", others = "-"] = line.split("\t");
  const inSame = same === "-" ? [] : same.split("; ").map((each) => (each.includes(" ") ? each : `${block} ${each}`));
  return { block, line: Number(number), name, workloads: [...inSame, ...(others === "-" ? [] : others.split("; "))] };
}

function blockOf(seed: string, found: JsonValue): string {
  return `${seed}/${basename(textAt(found, "path") ?? "", ".yaml")}`;
}

function workloadText(seed: string, workload: JsonValue): string {
  return `${blockOf(seed, workload)} ${textAt(workload, "kind") ?? ""}/${textAt(workload, "name") ?? ""}`;
}
