import type { Handler } from "../handler.ts";
import { codeActions } from "./code-actions.ts";
import { codeLenses } from "./code-lens.ts";
import { completion } from "./completion.ts";
import { definition } from "./definition.ts";
import { diagnostics } from "./diagnostics.ts";
import { documentHighlights } from "./document-highlight.ts";
import { documentLinks } from "./document-links.ts";
import { documentSymbols } from "./document-symbols.ts";
import { documents } from "./documents.ts";
import { elsewhere } from "./elsewhere.ts";
import { environments } from "./environments.ts";
import { fileRenames } from "./file-renames.ts";
import { folding } from "./folding.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { names } from "./names.ts";
import { pages } from "./pages.ts";
import { preview } from "./preview.ts";
import { references } from "./references.ts";
import { rename } from "./rename.ts";
import { report } from "./report.ts";
import { revealSecret } from "./reveal-secret.ts";
import { tools } from "./tools.ts";
import { tree } from "./tree.ts";
import { review } from "./review.ts";
import { scenario } from "./scenario.ts";
import { selectionRanges } from "./selection-ranges.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import { workspaceSymbols } from "./workspace-symbols.ts";

/** Every verb that the server understands. */
export const handlers: readonly Handler[] = [
  documents,
  diagnostics,
  hover,
  definition,
  references,
  documentHighlights,
  rename,
  completion,
  codeLenses,
  codeActions,
  preview,
  pages,
  names,
  tree,
  report,
  review,
  scenario,
  revealSecret,
  documentLinks,
  environments,
  fileRenames,
  tools,
  elsewhere,
  documentSymbols,
  folding,
  inlayHints,
  selectionRanges,
  semanticTokens,
  workspaceSymbols,
];
