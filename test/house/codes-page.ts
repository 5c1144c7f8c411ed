import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codes } from "../../server/src/features/diagnostics/codes.ts";
import { root } from "./sources.ts";

/** The page below the root that explains every diagnostic code. */
export const codesPagePath = "docs/codes.md";

/** The page's text, one section for each code, made from the descriptions in the source. `npm run docs` writes it. */
export function codesPage(): string {
  const sections = codes.map(({ code, title, severity, explanation }) =>
    [`## ${code}`, `**${title}.** Loudest severity: ${severity}.`, explanation].join("\n\n"),
  );
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

const introduction = `# Diagnostic codes

Each finding of Drydock has one of these codes. A setting changes its severity or silences it:

\`\`\`json
{ "drydock.severities": { "service/no-matching-pods": "off" } }
\`\`\`

An error is what the API server or kustomize would refuse. A warning is accepted, and can't work. An information may be right: the other half may live elsewhere. A hint is advice.`;

if (import.meta.main) {
  const path = join(root, codesPagePath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, codesPage());
}
