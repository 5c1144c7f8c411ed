import type { Handler } from "../handler.ts";
import { codeActions } from "./code-actions.ts";
import { codeLenses } from "./code-lens.ts";
import { definition } from "./definition.ts";
import { diagnostics } from "./diagnostics.ts";
import { documentHighlights } from "./document-highlight.ts";
import { documents } from "./documents.ts";
import { hover } from "./hover.ts";
import { preview } from "./preview.ts";
import { references } from "./references.ts";
import { report } from "./report.ts";
import { scenario } from "./scenario.ts";
import { revealSecret } from "./reveal-secret.ts";

/** Every verb that the server understands. */
export const handlers: readonly Handler[] = [
  documents,
  diagnostics,
  hover,
  definition,
  references,
  documentHighlights,
  codeLenses,
  codeActions,
  preview,
  report,
  scenario,
  revealSecret,
];
