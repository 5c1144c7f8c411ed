import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, textAt } from "../../../server/src/base/json.ts";
import { ParseCache } from "../../../server/src/kustomize/cache.ts";
import { render } from "../../../server/src/kustomize/render.ts";
import type { KustomizeFiles, RenderResult } from "../../../server/src/kustomize/types.ts";
import type { ConformanceRunner, RunContext } from "../runner.ts";

interface RecordedBuild {
  readonly path: string;
  readonly result: "built" | "error";
  readonly class?: string;
  readonly missing?: string;
  readonly objects?: readonly { readonly sha256: string; readonly kind: string; readonly name: string }[];
  readonly loadOrder?: readonly number[];
}

/** A case whose files stand in its line. */
interface GeneratedBuild extends RecordedBuild {
  readonly files: Readonly<Record<string, string>>;
}

/** Builds of real repositories (below the corpus) and cases of our own: objects in order with the hashes of their canonical JSON, or an error of the same class. */
export const runner: ConformanceRunner = {
  folder: "kustomize",
  run(context) {
    replay(context, "kustomize/cases.jsonl", join(context.root, "kustomize", "cases"));
    for (const line of context.lines("kustomize/generated.jsonl") ?? []) {
      const recorded = line as GeneratedBuild;
      compare(context, recorded, render("overlay", filesIn(recorded.files)));
    }
    if (context.corpus !== undefined) replay(context, "kustomize/builds.jsonl", context.corpus);
  },
};

function replay(context: RunContext, list: string, folder: string): void {
  const files = filesBelow(folder);
  const cache = new ParseCache();
  for (const line of context.lines(list) ?? []) {
    const recorded = line as RecordedBuild;
    compare(context, recorded, render(recorded.path, files, { cache }));
  }
}

function compare(context: RunContext, recorded: RecordedBuild, result: RenderResult): void {
  const wanted = outcomeOf(recorded);
  const found = normalise(result);
  const agreed = JSON.stringify(wanted) === JSON.stringify(found);
  context.report("kustomize", { id: recorded.path, agreed, ...(agreed ? {} : { wanted: firstDifference(wanted, found), found: firstDifference(found, wanted) }) });
}

interface Outcome {
  readonly class?: string;
  readonly missing?: string;
  readonly objects?: readonly string[];
  readonly loadOrder?: readonly number[];
}

function outcomeOf(recorded: RecordedBuild): Outcome {
  if (recorded.result === "error") return { ...(recorded.class === undefined ? {} : { class: recorded.class }), ...(recorded.missing === undefined ? {} : { missing: recorded.missing }) };
  const objects = recorded.objects ?? [];
  return { objects: objects.map(({ kind, name, sha256: hash }) => `${kind} ${name} ${hash}`), loadOrder: recorded.loadOrder ?? objects.map((_, index) => index) };
}

function normalise(result: RenderResult): Outcome {
  if (result.error !== undefined) return { class: result.error.class, ...(result.error.missing === undefined ? {} : { missing: result.error.missing }) };
  const objects = result.objects.map(({ object }) => {
    const hash = createHash("sha256").update(canonicalJson(object)).digest("hex");
    return `${textAt(object, "kind") ?? ""} ${textAt(object, "metadata", "name") ?? ""} ${hash}`;
  });
  return { objects, loadOrder: result.loadOrder };
}

/** The first object that differs, so that a report stays readable. */
function firstDifference(outcome: Outcome, other: Outcome): unknown {
  if (outcome.objects === undefined || other.objects === undefined) return outcome.objects === undefined ? outcome : { objects: outcome.objects.length };
  const { objects } = outcome;
  const index = objects.findIndex((object, position) => object !== other.objects?.[position]);
  return index < 0 ? { loadOrder: outcome.loadOrder } : { index, object: objects[index] };
}

function filesIn(texts: Readonly<Record<string, string>>): KustomizeFiles {
  return {
    text: (path) => texts[path],
    isFolder: (path) => Object.keys(texts).some((file) => file.startsWith(`${path}/`)),
  };
}

function filesBelow(folder: string): KustomizeFiles {
  const status = (path: string): ReturnType<typeof statSync> | undefined => (existsSync(join(folder, path)) ? statSync(join(folder, path)) : undefined);
  return {
    text: (path) => (status(path)?.isFile() === true ? readFileSync(join(folder, path), "utf8") : undefined),
    bytes: (path) => (status(path)?.isFile() === true ? readFileSync(join(folder, path)) : undefined),
    isFolder: (path) => status(path)?.isDirectory() === true,
  };
}
