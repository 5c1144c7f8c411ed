import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { arrayAt, at, canonicalJson, isObject, textAt } from "../../server/src/base/json.ts";
import type { JsonObject, JsonValue } from "../../server/src/base/json.ts";
import { drydock } from "./terminal.ts";

const shared = "../shared";
const recordings = join(shared, "conformance/endpointslice/corpus.jsonl");
const isHere = existsSync(recordings) && existsSync(join(shared, "corpus/dev"));

describe(
  "endpoints of real manifests are those that a control plane gave them",
  { skip: isHere ? false : `${shared} is absent` },
  () => {
    const units = isHere ? readFileSync(recordings, "utf8").trim().split("\n").map(parseUnit) : [];
    for (const unit of units) {
      const path = textAt(unit, "path") ?? "";
      test(path, async () => {
        const { status, out } = await drydock(
          "endpoints",
          join(shared, "corpus/dev", path),
          "-e",
          "none",
          "--no-recursive",
          "--format",
          "json",
        );
        assert.equal(status, 0);
        const found = arrayAt(JSON.parse(out) as JsonObject, "services");
        for (const service of arrayAt(unit, "services")) {
          const own = found.filter((each) => isMeant(each, service));
          assert.deepEqual(own.map(slicesOf), [slicesOf(service)], textAt(service, "name"));
        }
      });
    }
  },
);

function parseUnit(line: string): JsonObject {
  return JSON.parse(line) as JsonObject;
}

function isMeant(found: JsonValue, recorded: JsonValue): boolean {
  return (
    at(found, "name") === at(recorded, "name") && at(found, "namespace") === (at(recorded, "namespace") ?? "default")
  );
}

/** Slices with equal ports as one, their endpoints counted by workload and hostname; DaemonSets' pods are not counted. */
function slicesOf(service: JsonValue): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const joined: Record<string, Record<string, number>> = {};
  for (const slice of arrayAt(service, "slices")) {
    const ports = arrayAt(slice, "ports").filter(isObject).map(portText).sort().join(" ");
    const counts = (joined[`${textAt(slice, "addressType") ?? ""} ${ports}`] ??= {});
    for (const endpoint of arrayAt(slice, "endpoints")) {
      const workload = textAt(endpoint, "workload") ?? "";
      const key = `${workload} ${textAt(endpoint, "hostname") ?? ""}`;
      const pods = at(endpoint, "pods");
      counts[key] = (counts[key] ?? 0) + (workload.startsWith("DaemonSet/") ? 0 : typeof pods === "number" ? pods : 1);
    }
  }
  return joined;
}

function portText(port: JsonObject): string {
  return canonicalJson(Object.fromEntries(Object.entries(port).filter(([, value]) => value !== null)));
}
