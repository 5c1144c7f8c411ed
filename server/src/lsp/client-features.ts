import { InsertTextMode } from "vscode-languageserver";
import type { InitializeParams } from "vscode-languageserver";
import type { InitializationOptions } from "../protocol/messages.ts";

/** What the client can do, reduced to what makes a difference; whatever it does not announce it does not get. */
export interface ClientFeatures {
  /** It asks for diagnostics; otherwise they are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesSemanticTokens: boolean;
  readonly watchesFiles: boolean;
  readonly sendsConfiguration: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescriptions: boolean;
  readonly markdown: boolean;
  readonly snippets: boolean;
  /** It can be told to leave the blanks of what a completion inserts alone. */
  readonly keepsBlanks: boolean;
  readonly linkSupport: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly versionedEdits: boolean;
  readonly annotatedEdits: boolean;
  readonly createsFiles: boolean;
  readonly progress: boolean;
  /** Commands that it runs itself. */
  readonly commands: ReadonlySet<string>;
  readonly options: InitializationOptions;
}

/** Reads the parameters of `initialize`; anything may be missing or of a wrong type. */
export function clientFeatures(params: InitializeParams): ClientFeatures {
  const { textDocument, workspace, window } = params.capabilities;
  const options = optionsOf(params.initializationOptions);
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesSemanticTokens: workspace?.semanticTokens?.refreshSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    sendsConfiguration: workspace?.configuration === true,
    relatedInformation:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    codeDescriptions:
      textDocument?.publishDiagnostics?.codeDescriptionSupport === true ||
      textDocument?.diagnostic?.codeDescriptionSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    keepsBlanks:
      textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet?.includes(InsertTextMode.asIs) === true,
    linkSupport: textDocument?.definition?.linkSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes("create") === true,
    annotatedEdits: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    progress: window?.workDoneProgress === true,
    commands: new Set(options.commands),
    options,
  };
}

function optionsOf(value: unknown): InitializationOptions {
  return typeof value === "object" && value !== null ? value : {};
}
