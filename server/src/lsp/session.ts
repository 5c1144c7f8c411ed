import type { Connection, DiagnosticRelatedInformation, Location } from "vscode-languageserver";
import { LineIndex } from "../base/lines.ts";
import type { Position, Range } from "../base/lines.ts";
import { checkFile } from "../features/diagnostics/file.ts";
import { withKustomizeFixes } from "../features/diagnostics/fixes/kustomize.ts";
import { unusedFileFindings } from "../features/diagnostics/kustomize.ts";
import type { CheckOptions } from "../features/diagnostics/rule.ts";
import type { Finding, RelatedPlace } from "../features/finding.ts";
import { roleOf } from "../index/place.ts";
import type { FileId, Place } from "../index/types.ts";
import { newestKubernetes } from "../kubernetes/api-lifecycle.ts";
import { positionWithin, rangeIn } from "../model/position.ts";
import { readFile } from "../model/read.ts";
import type { ReadFile } from "../model/read.ts";
import type { Elsewhere } from "../protocol/messages.ts";
import type { Settings } from "../protocol/settings.ts";
import { decodeText } from "../yaml/decode.ts";
import type { ClientFeatures } from "./client-features.ts";
import type { PositionConverter, PositionEncoding } from "./convert.ts";
import { FurtherChecks } from "./further-checks.ts";
import type { Guard } from "./guard.ts";
import type { Host, Logger } from "./host.ts";
import { Indexing } from "./indexing.ts";
import { KustomizeReading } from "./kustomize-reading.ts";
import { Publishing } from "./publishing.ts";
import type { OpenDocument, Workspace } from "./workspace.ts";

/** Everything that a handler works with, from `initialize` until the connection ends. */
export class Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly logger: Logger;
  readonly workspace: Workspace;
  readonly guard: Guard;
  readonly client: ClientFeatures;
  readonly publishing: Publishing;
  readonly indexing: Indexing;
  readonly #reading: KustomizeReading;
  readonly #further = new FurtherChecks(this);
  readonly #converter: PositionConverter;
  readonly #lines = new WeakMap<ReadFile, LineIndex>();
  readonly #findings = new WeakMap<
    OpenDocument,
    { readonly revision: number; readonly findings: readonly Finding[] }
  >();
  #stopped = false;
  #elsewhere: Elsewhere;

  constructor(parts: {
    connection: Connection;
    host: Host;
    logger: Logger;
    workspace: Workspace;
    guard: Guard;
    client: ClientFeatures;
    converter: PositionConverter;
  }) {
    this.connection = parts.connection;
    this.host = parts.host;
    this.logger = parts.logger;
    this.workspace = parts.workspace;
    this.guard = parts.guard;
    this.client = parts.client;
    this.#elsewhere = parts.client.options.elsewhere ?? {};
    this.#converter = parts.converter;
    this.publishing = new Publishing(this);
    this.indexing = new Indexing(this, () => this.publishing.changed());
    this.#reading = new KustomizeReading(this);
  }

  /** Resolves when every kustomization of the workspace can be rendered in full, or those that a file belongs to. */
  settled(file?: FileId): Promise<void> {
    return this.#reading.settle(file);
  }

  get encoding(): PositionEncoding {
    return this.#converter.encoding;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Nothing is sent any more. */
  stop(): void {
    this.#stopped = true;
    this.publishing.stop();
    this.indexing.stop();
    this.#reading.stop();
    this.#further.stop();
  }

  configure(settings: Settings): void {
    const reread =
      settings.maxFileSize !== this.workspace.settings.maxFileSize ||
      settings.exclude.join("\n") !== this.workspace.settings.exclude.join("\n");
    this.workspace.configure(settings);
    this.publishing.changed();
    if (reread && this.indexing.hasStarted) void this.readFolders(this.workspace.folderUris);
  }

  /** Reads the workspace anew; what went wrong is logged. */
  async readFolders(uris: readonly string[]): Promise<void> {
    this.workspace.setFolders(uris);
    try {
      await this.indexing.readFolders(uris);
    } catch (error) {
      this.logger.error(`indexing failed: ${String(error)}`);
    }
  }

  /** The version of the API server that judges the manifests. */
  get kubernetesVersion(): string {
    const { kubernetesVersion } = this.workspace.settings;
    return kubernetesVersion === "" ? newestKubernetes : kubernetesVersion;
  }

  /** How the documents of a file are checked now. */
  checkOptionsOf(file: FileId): CheckOptions {
    const { yamlSyntax } = this.workspace.settings;
    const notation = /\.jsonc?$/i.test(file) ? "json" : "yaml";
    const { syntaxErrors } = this.#elsewhere;
    const isReported = Array.isArray(syntaxErrors) && syntaxErrors.includes(notation);
    return {
      kubernetesVersion: this.kubernetesVersion,
      yamlSyntax: yamlSyntax === "on" || (yamlSyntax === "auto" && !isReported),
    };
  }

  /** Whether templates of fields are offered: not where a schema already completes them. */
  get hasTemplates(): boolean {
    const { templates } = this.workspace.settings;
    return templates === "on" || (templates === "auto" && this.#elsewhere.fields !== true);
  }

  /** Whether whole manifests are offered: not where the editor does so itself. */
  get hasSnippets(): boolean {
    return this.#elsewhere.snippets !== true;
  }

  /** Takes over what other extensions of the editor do. */
  share(elsewhere: Elsewhere): void {
    this.#elsewhere = elsewhere;
    this.configure(this.workspace.settings);
  }

  /** All findings of an open document, after the settings' severities; none for a document that is not open. Computed once for each state. */
  findingsOf(uri: string): readonly Finding[] {
    const { workspace } = this;
    const open = workspace.opened(uri);
    if (open === undefined) return [];
    const known = this.#findings.get(open);
    if (known?.revision === workspace.revision) return known.findings;
    const findings = this.#find(uri);
    this.#further.later();
    this.#findings.set(open, { revision: workspace.revision, findings });
    return findings;
  }

  /** The findings of a document are more than those that were computed last. */
  forgetFindings(uri: string): void {
    const open = this.workspace.opened(uri);
    if (open !== undefined) this.#findings.delete(open);
  }

  #find(uri: string): readonly Finding[] {
    const context = this.workspace.contextOf(uri);
    if (context === undefined) return [];
    const { environments, memo } = this.workspace;
    const { file } = context;
    const findings = [
      ...checkFile(context, memo, this.checkOptionsOf(file), environments.isPartial(file)),
      ...unusedFileFindings(environments.index, file, context.environments),
    ];
    return this.withSeverities(withKustomizeFixes(findings, context, environments.index));
  }

  /** Findings after the settings' severities. */
  withSeverities(findings: readonly Finding[]): readonly Finding[] {
    const { severities } = this.workspace.settings;
    return findings.flatMap((finding) => {
      const wanted = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
      if (wanted === "off") return [];
      return wanted === undefined ? [finding] : [{ ...finding, severity: wanted }];
    });
  }

  /** The offset in an open document of a client's position. */
  offsetAt(read: ReadFile, position: Position): number {
    const lines = this.#linesOf(read);
    return lines.offsetAt(this.#converter.fromClient(position, lineTextOf(read.text, lines)));
  }

  /** The client's range of a span of a document. */
  rangeOf(read: ReadFile, span: { readonly start: number; readonly end: number }): Range {
    return this.#converter.toClientRange(
      { start: this.#positionAt(read, span.start), end: this.#positionAt(read, span.end) },
      (line) => lineTextOf(read.text, this.#linesOf(read))(line),
    );
  }

  /** The client's range of a place, which may lie in a closed file; `undefined` for files that are not known. */
  rangeOfPlace(place: Place): Range | undefined {
    const uri = this.workspace.uriOf(place.file);
    const open = this.workspace.opened(uri);
    if (open !== undefined) return this.rangeOf(open.read, place);
    const facts = this.workspace.index.file(place.file)?.facts;
    if (facts !== undefined) return rangeIn(facts, place);
    // The beginning of a file can be told without its text: what generators read is no manifest, and not in the index.
    const isReached = place.end === 0 && this.workspace.environments.isReached(place.file);
    return isReached ? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } : undefined;
  }

  locationOf(place: Place): Location | undefined {
    const range = this.rangeOfPlace(place);
    return range === undefined ? undefined : { uri: this.workspace.uriOf(place.file), range };
  }

  relatedInformation(related: readonly RelatedPlace[]): DiagnosticRelatedInformation[] {
    return related.flatMap(({ place, message }) => {
      const location = this.locationOf(place);
      return location === undefined ? [] : [{ location, message }];
    });
  }

  /** A file as it is now: the open document, else what the disk holds; `undefined` when it is gone or no text. */
  async readAny(file: FileId): Promise<ReadFile | undefined> {
    const uri = this.workspace.uriOf(file);
    const open = this.workspace.opened(uri);
    if (open !== undefined) return open.read;
    const text = await this.#savedText(uri);
    return text === undefined ? undefined : readFile(text, undefined, roleOf(file));
  }

  /** Those of the files whose texts in the editor are not the ones that are saved: programs beside the editor read others than we do. */
  async unsaved(files: readonly FileId[]): Promise<readonly FileId[]> {
    const changed: FileId[] = [];
    for (const file of files) {
      const uri = this.workspace.uriOf(file);
      const open = this.workspace.opened(uri);
      if (open !== undefined && open.read.text !== (await this.#savedText(uri))) changed.push(file);
    }
    return changed;
  }

  async #savedText(uri: string): Promise<string | undefined> {
    const bytes = await this.host.readFile(uri, this.workspace.settings.maxFileSize * 1024);
    const decoded = bytes === undefined ? undefined : decodeText(bytes);
    return decoded === undefined || !("text" in decoded) ? undefined : decoded.text;
  }

  /** Within documents their own lines tell, so that a keystroke in a long file need not count all lines anew. */
  #positionAt(read: ReadFile, offset: number): Position {
    const position = positionWithin(read.facts, offset);
    return position ?? this.#linesOf(read).positionAt(offset);
  }

  #linesOf(read: ReadFile): LineIndex {
    let lines = this.#lines.get(read);
    if (lines === undefined) {
      lines = new LineIndex(read.text);
      this.#lines.set(read, lines);
    }
    return lines;
  }
}

function lineTextOf(text: string, lines: LineIndex): (line: number) => string {
  return (line) =>
    text.slice(lines.offsetAt({ line, character: 0 }), lines.offsetAt({ line, character: Number.MAX_SAFE_INTEGER }));
}
