import {
  DocumentLink,
  EventEmitter,
  l10n,
  languages,
  type Position,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import {
  clientCommands,
  compareEnvironmentsRequest,
  explainRequest,
  findingsRequest,
  type PageLink,
  type PageResult,
  previewRequest,
  relationsRequest,
  renderedRequest,
  resolveNameRequest,
  reviewRequest,
  whyEnvironmentRequest,
} from "../../server/src/protocol/messages.ts";
import type { Server } from "./server.ts";

/** Read-only documents that say what the server answers. */
export interface Pages {
  show(address: PageAddress): Promise<void>;
  /** Shows a text that stays as it is. */
  showText(result: PageResult): Promise<void>;
  /** Where the cursor of a file is, for pages that cover its editor. */
  remember(uri: string, cursor: Position): void;
  dispose(): void;
}

/** What a page shows; stands in its URI. A position does not: it is the cursor's in the file. */
export interface PageAddress {
  readonly kind: PageKind;
  /** What the title says first. */
  readonly subject: string;
  /** Parameters of the request without the position. */
  readonly params: PageParams;
}

/** `uri`: the file that the page belongs to, whose cursor it follows unless `service` names what is meant. */
export interface PageParams {
  readonly uri?: string;
  readonly service?: string;
  /** The commit that a review compares with. */
  readonly commit?: string;
  /** The environment in which an object is shown; empty: as it is written. */
  readonly environment?: string;
}

export type PageKind =
  "preview" | "explain" | "relations" | "rendered" | "why" | "compare" | "findings" | "name" | "review";

interface Kind {
  readonly request: string;
  readonly title: (subject: string) => string;
  /** Shows what is under the cursor, and looks again when something has changed. */
  readonly isLive: boolean;
  /** The page is glanced at while the keyboard stays where it is. */
  readonly keepsFocus: boolean;
  /** What the page says when the server has no answer. */
  readonly nothing?: () => string;
}

const kinds: Readonly<Record<PageKind, Kind>> = {
  preview: {
    request: previewRequest,
    title: (subject) => l10n.t("{0}: DNS and Endpoints", subject),
    isLive: true,
    keepsFocus: true,
  },
  explain: {
    request: explainRequest,
    title: (subject) => l10n.t("{0}: Why No Endpoints", subject),
    isLive: true,
    keepsFocus: false,
  },
  relations: {
    request: relationsRequest,
    title: (subject) => l10n.t("{0}: Relations", subject),
    isLive: true,
    keepsFocus: false,
  },
  rendered: {
    request: renderedRequest,
    title: (subject) => l10n.t("{0}: Rendered", subject),
    isLive: true,
    keepsFocus: true,
    nothing: () => l10n.t("No object stands here, or kustomize does not build it."),
  },
  why: {
    request: whyEnvironmentRequest,
    title: (subject) => l10n.t("{0}: Why This Environment", subject),
    isLive: true,
    keepsFocus: false,
  },
  compare: {
    request: compareEnvironmentsRequest,
    title: (subject) => l10n.t("{0}: Environments", subject),
    isLive: true,
    keepsFocus: false,
  },
  findings: {
    request: findingsRequest,
    title: (subject) => subject,
    isLive: false,
    keepsFocus: false,
  },
  review: {
    request: reviewRequest,
    title: (subject) => l10n.t("Changes against {0}", subject),
    isLive: false,
    keepsFocus: false,
    nothing: () => l10n.t("Git knows no such commit here, or the folder is in no repository."),
  },
  name: {
    request: resolveNameRequest,
    title: (subject) => l10n.t("{0}: Answers of DNS", subject),
    isLive: true,
    keepsFocus: false,
  },
};

/** The URI scheme of pages. */
export const pageScheme = "drydock-preview";

/** The language of pages, which the manifest gives Markdown's colours, but long lines as they are. */
const language = "drydock-preview";

/** A cursor that rests so long is followed, in milliseconds. */
const restMs = 150;

/** Registers the provider of the virtual documents and of the links in them. */
export function createPages(server: Server): Pages {
  const changes = new EventEmitter<Uri>();
  const links = new Map<string, readonly PageLink[]>();
  const cursors = new Map<string, Position>();
  const refresh = (isMeant: (address: PageAddress) => boolean): void => {
    for (const { uri } of workspace.textDocuments) {
      const address = uri.scheme === pageScheme ? addressOf(uri) : undefined;
      if (address !== undefined && isMeant(address)) changes.fire(uri);
    }
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const disposables = [
    changes,
    workspace.registerTextDocumentContentProvider(pageScheme, {
      onDidChange: changes.event,
      async provideTextDocumentContent(uri) {
        const { text, links: found = [] } = await contentOf(uri, server, cursors);
        links.set(uri.toString(), found);
        return text;
      },
    }),
    languages.registerDocumentLinkProvider(
      { scheme: pageScheme },
      { provideDocumentLinks: (document) => toLinks(document, links.get(document.uri.toString()) ?? []) },
    ),
    workspace.onDidOpenTextDocument(chooseLanguage),
    server.onDidChangeManifests(() => refresh(({ kind }) => kinds[kind].isLive)),
    window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
      const source = textEditor.document.uri.toString();
      if (selection !== undefined && textEditor.document.uri.scheme !== pageScheme)
        cursors.set(source, selection.active);
      clearTimeout(resting);
      resting = setTimeout(() => refresh(({ kind, params }) => kinds[kind].isLive && params.uri === source), restMs);
    }),
  ];
  return {
    async show(address) {
      const document = await workspace.openTextDocument(pageUri(address));
      if (!kinds[address.kind].isLive) changes.fire(document.uri);
      await window.showTextDocument(document, {
        viewColumn: address.params.uri === undefined ? ViewColumn.Active : ViewColumn.Beside,
        preserveFocus: kinds[address.kind].keepsFocus,
        preview: true,
      });
    },
    async showText({ text }) {
      const document = await workspace.openTextDocument({ content: text, language });
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
    },
    remember(uri, cursor) {
      cursors.set(uri, cursor);
    },
    dispose() {
      clearTimeout(resting);
      for (const disposable of disposables) void disposable.dispose();
    },
  };
}

function chooseLanguage(document: TextDocument): void {
  if (document.uri.scheme !== pageScheme || document.languageId === language) return;
  void languages.setTextDocumentLanguage(document, language);
}

/** The URI of a page, which VS Code can also show as one side of a diff. */
export function pageUri({ kind, subject, params }: PageAddress): Uri {
  const path = `/${kinds[kind].title(subject.replaceAll("/", " "))}`;
  return Uri.from({ scheme: pageScheme, path, query: JSON.stringify({ kind, subject, params }) });
}

function addressOf(page: Uri): PageAddress | undefined {
  try {
    const read: unknown = JSON.parse(page.query);
    return isAddress(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isAddress(read: unknown): read is PageAddress {
  if (typeof read !== "object" || read === null || !("kind" in read) || !("params" in read)) return false;
  return typeof read.kind === "string" && Object.hasOwn(kinds, read.kind) && typeof read.params === "object";
}

async function contentOf(page: Uri, server: Server, cursors: ReadonlyMap<string, Position>): Promise<PageResult> {
  const address = addressOf(page);
  if (address === undefined) return { title: "", text: l10n.t("Nothing of Kubernetes stands here.") };
  const { kind, params } = address;
  const position = params.service === undefined ? cursorIn(params.uri, cursors) : undefined;
  const result = await server.request<PageResult | null>(kinds[kind].request, {
    ...params,
    ...(position === undefined ? {} : { position: { line: position.line, character: position.character } }),
  });
  if (result === undefined)
    return { title: "", text: l10n.t("Drydock's server does not answer; the log says why (Drydock: Show Log).") };
  return result ?? { title: "", text: kinds[kind].nothing?.() ?? l10n.t("Nothing of Kubernetes stands here.") };
}

/** Where the cursor is in the file, or was when it was last seen. */
function cursorIn(uri: string | undefined, cursors: ReadonlyMap<string, Position>): Position | undefined {
  if (uri === undefined) return undefined;
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  return editor?.selection.active ?? cursors.get(uri);
}

function toLinks(document: TextDocument, links: readonly PageLink[]): DocumentLink[] {
  return links.map(({ start, end, target }) => {
    const range = new Range(document.positionAt(start), document.positionAt(end));
    const query = encodeURIComponent(JSON.stringify([target]));
    return new DocumentLink(range, Uri.parse(`command:${clientCommands.openLocation}?${query}`));
  });
}
