import { editsOf } from "../../features/code-actions/edits.ts";
import type { Finding, Fix } from "../../features/finding.ts";
import type { FileId } from "../../index/types.ts";
import type { ReadFile } from "../../model/read.ts";
import { rereader } from "../world.ts";
import { countsOf } from "./counts.ts";
import { rangeOf } from "./checked.ts";
import type { Checked } from "./checked.ts";

/** The public, versioned contract: fields may be added, none renamed or removed. */
export function jsonReport(checked: Checked): string {
  const { world, environments, findings, options } = checked;
  const readOf = rereader(options);
  const report = {
    version: 1,
    ...countsOf(world),
    environments,
    findings: findings.map((finding) => findingJson(checked, finding, readOf)),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function findingJson(checked: Checked, finding: Finding, readOf: (file: FileId) => ReadFile | undefined) {
  const { code, severity, message, place, resource, environments, related, fixes } = finding;
  return {
    code,
    severity,
    message,
    path: place.file,
    range: rangeOf(checked.world, place.file, place),
    resource:
      resource === undefined
        ? null
        : { apiVersion: resource.apiVersion, kind: resource.kind, namespace: resource.namespace, name: resource.name },
    environments: environments.map((name) => (name === "" ? "." : name)),
    related: related.map((each) => ({
      path: each.place.file,
      range: rangeOf(checked.world, each.place.file, each.place),
      message: each.message,
    })),
    fixes: fixes.flatMap((fix) => fixJson(checked, fix, readOf)),
  };
}

function fixJson({ world }: Checked, { title, changes }: Fix, readOf: (file: FileId) => ReadFile | undefined) {
  const files = editsOf(changes, readOf);
  if (files === undefined) return [];
  const edits = files.flatMap(({ file, edits: each }) =>
    each.map(({ span, newText }) => ({ path: file, range: rangeOf(world, file, span), newText })),
  );
  return [{ title, edits }];
}
