import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

/** Holds on to what it makes, as an index does, and prints how large the young generation has become, in MiB. */
const program = `
import { getHeapSpaceStatistics } from "node:v8";
const { keepYoungGenerationSmall } = await import(process.argv[1]);
if (process.argv[2] === "small") keepYoungGenerationSmall();
const kept = [];
for (let number = 0; number < 600_000; number++) kept.push({ name: "object " + number });
const { space_size } = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
console.log(kept.length > 0 ? space_size / 1024 / 1024 : 0);
`;

test("the young generation does not grow with what is kept", () => {
  const small = youngGeneration("small");
  assert.ok(small * 2 < youngGeneration("as it comes"), `${small} MiB`);
});

function youngGeneration(mode: string): number {
  const module = new URL("../../server/src/host/node/memory.ts", import.meta.url).href;
  return Number(
    execFileSync(process.execPath, ["--input-type=module", "--eval", program, module, mode], { encoding: "utf8" }),
  );
}
