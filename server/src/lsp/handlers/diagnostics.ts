import { DiagnosticSeverity } from "vscode-languageserver";
import type { Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport } from "vscode-languageserver";
import { fnv1a } from "../../base/hash.ts";
import type { Finding, Severity } from "../../features/finding.ts";
import { documentationUri } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** `textDocument/diagnostic`: findings are computed when the client wants them. Clients that do not ask get them pushed, see `publishing.ts`. */
export const diagnostics: Handler = {
  capabilities: ({ pullsDiagnostics }) =>
    pullsDiagnostics
      ? { diagnosticProvider: { identifier: "drydock", interFileDependencies: true, workspaceDiagnostics: false } }
      : {},
  register(session) {
    session.connection.languages.diagnostics.on(
      session.guard.handler<DocumentDiagnosticParams, DocumentDiagnosticReport>(
        "textDocument/diagnostic",
        { kind: "full", items: [] },
        ({ textDocument, previousResultId }) => {
          const items = diagnosticsOf(session, textDocument.uri);
          const resultId = resultIdOf(items);
          session.publishing.answered(textDocument.uri, resultId);
          return resultId === previousResultId ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
        },
      ),
    );
  },
};

/** The diagnostics of an open document, as the client gets them. */
export function diagnosticsOf(session: Session, uri: string): Diagnostic[] {
  const read = session.workspace.opened(uri)?.read;
  if (read === undefined) return [];
  const file = session.workspace.fileOf(uri);
  return session
    .findingsOf(uri)
    .filter(({ place }) => place.file === file)
    .map((finding) => toDiagnostic(session, finding, session.rangeOf(read, finding.place)));
}

/** Equal diagnostics have equal ids, also after a restart. */
export function resultIdOf(items: readonly Diagnostic[]): string {
  return fnv1a(JSON.stringify(items)).toString(36);
}

function toDiagnostic(session: Session, finding: Finding, range: Diagnostic["range"]): Diagnostic {
  return {
    range,
    severity: severities[finding.severity],
    code: finding.code,
    source: "drydock",
    message: finding.message,
    ...(session.client.relatedInformation && finding.related.length > 0
      ? { relatedInformation: session.relatedInformation(finding.related) }
      : {}),
    ...(session.client.codeDescriptions && session.client.options.documentation === true
      ? { codeDescription: { href: documentationUri(finding.code) } }
      : {}),
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
