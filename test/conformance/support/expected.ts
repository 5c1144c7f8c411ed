import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { hasText } from "./files.ts";

/** The files whose presence makes a line of the summary due, by the line's name. */
const filesOfLines: Readonly<Record<string, readonly string[]>> = {
  yaml: ["yaml/cases.jsonl", "yaml/edits.jsonl"],
  apiserver: ["apiserver/mutations.jsonl"],
  endpointslice: ["endpointslice/cases.jsonl"],
  "endpointslice-corpus": ["endpointslice/corpus.jsonl"],
  dns: ["dns/cases.jsonl"],
  proxy: ["proxy/cases.jsonl"],
  "rollout/deployment": ["rollout/deployment.jsonl"],
  "rollout/statefulset": ["rollout/statefulset.jsonl"],
  "rollout/daemonset": ["rollout/daemonset.jsonl"],
  "rollout/pdb": ["rollout/pdb.jsonl"],
  hpa: ["hpa/cases.jsonl"],
  kustomize: ["kustomize/cases.jsonl", "kustomize/builds.jsonl"],
};

/** The lines that a run over `root` must print: those whose recordings are there. */
export function expectedLines(root: string, testcases: string | undefined): readonly string[] {
  const lines = Object.entries(filesOfLines)
    .filter(([, files]) => files.some((file) => hasText(root, file)))
    .map(([line]) => line);
  return [...lines, ...functionLines(root), ...(testcases === undefined ? [] : ["testcases"])];
}

function functionLines(root: string): readonly string[] {
  const folder = join(root, "functions");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.jsonl(\.gz)?$/.exec(file)?.[1] ?? []);
  return names.map((name) => `functions/${name}`);
}
