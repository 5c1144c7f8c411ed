import { relative, resolve, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import { noticeText } from "../features/file-notice.ts";
import { readText } from "../host/node/read.ts";
import { kindOfPath, walk } from "../host/node/walk.ts";
import { fileSetEnvironment, release } from "../index/environment.ts";
import { Environments } from "../index/environments.ts";
import type { EnvironmentOptions } from "../index/environments.ts";
import { Index } from "../index/index.ts";
import type { FileChange } from "../index/index.ts";
import { folderOf, isKustomizationFile } from "../index/place.ts";
import type { Environment, FileId, FolderId, Resource } from "../index/types.ts";
import type { FileFacts, FileNotice } from "../model/facts.ts";
import { readFile } from "../model/read.ts";
import type { ReadFile } from "../model/read.ts";
import { UsageError } from "./arguments.ts";
import type { Arguments } from "./arguments.ts";
import { findKustomizations, readKustomizations } from "./kustomize.ts";
import type { NamedByKustomizations } from "./kustomize.ts";

/** Everything that the command line was given, read and put in order. */
export interface World {
  readonly index: Index;
  readonly files: readonly FileId[];
  /** The environments that are looked at, by name. */
  readonly environments: readonly Environment[];
  /** The environments of an object's file among these; what a file asks is seen from there. */
  environmentsOf(file: FileId): readonly Environment[];
  /** An environment as a file sees it: what the file defines itself hides other definitions. */
  viewFrom(file: FileId, environment: Environment): Environment;
  /** Whether a file holds only parts of objects, such as patches. */
  isPartial(file: FileId): boolean;
  /** Whether a file is a template of a Helm chart, of which nothing is said. */
  isTemplate(file: FileId): boolean;
  /** What could not be read, one line each. */
  readonly notices: readonly string[];
}

/** Reads the PATHs and finds the environments. Throws `UsageError` for a PATH that can't be read. */
export function loadWorld(options: Arguments): World {
  const listed = listFiles(options);
  const facts = new Map<FileId, FileFacts>();
  for (const file of listed.files.keys()) facts.set(file, readListed(listed, file, options).facts);
  return makeWorld(listed, { facts, accepted: [] }, readKustomizations(listed.files.keys(), options), options);
}

/** What was read of files. */
export interface ReadFiles {
  readonly facts: ReadonlyMap<FileId, FileFacts>;
  /** The files with CustomResourceDefinitions that are known to be accepted by the API server as they are written. */
  readonly accepted: readonly FileId[];
}

/** The files that the PATHs lead to. */
export interface Listed {
  /** Full path by id; `-` for standard input. Sorted by id. */
  readonly files: ReadonlyMap<FileId, string>;
  /** Folders that stepping up does not leave. */
  readonly tops: readonly FolderId[];
  /** Folders that can't be read. */
  readonly notices: readonly string[];
}

/** Reads a listed file; one that can't be read has a notice instead of documents. Throws `UsageError` if it is one of the PATHs. */
export function readListed({ files }: Listed, file: FileId, options: Arguments): ReadFile {
  const path = files.get(file) ?? file;
  const role = isKustomizationFile(file) ? "kustomization" : "manifest";
  const text = readText(path === "-" ? 0 : path, options.maxFileSize);
  if ("text" in text) return readFile(text.text, undefined, role);
  if (options.paths.includes(path)) throw new UsageError(noticeOf(file, text.notice));
  return { text: "", role, documents: [], facts: { documents: [], notice: text.notice } };
}

function noticeOf(file: FileId, notice: FileNotice): string {
  return `${file}: ${noticeText(notice, "--max-file-size")}`;
}

/** Puts what was read of all listed files in order, and finds the environments. */
export function makeWorld(
  listed: Listed,
  { facts, accepted }: ReadFiles,
  kustomizations: NamedByKustomizations,
  options: Arguments,
): World {
  const changes: FileChange[] = [];
  const notices = [...listed.notices];
  for (const file of listed.files.keys()) {
    const own = facts.get(file);
    if (own === undefined) continue;
    if (own.notice !== undefined) notices.push(noticeOf(file, own.notice));
    changes.push({ file, facts: own });
  }
  const { index } = Index.empty.apply(changes);
  const ids = changes.map(({ file }) => file);
  const graph = findKustomizations({ index, files: ids, kustomizations, accepted: new Set(accepted) }, options);
  const known = { tops: listed.tops, ...(graph === undefined ? {} : { kustomizations: graph }) };
  const chosen = chooseEnvironments(index, ids, known, options);
  const viewFrom = (file: FileId, environment: Environment): Environment =>
    environment.kind === "folder"
      ? (chosen.environmentsOf(file).find(({ kind, name }) => kind === "folder" && name === environment.name) ??
        environment)
      : environment;
  return { index, files: ids, notices, ...chosen, viewFrom };
}

/** Throws `UsageError` for a PATH that is a folder and can't be read. */
export function listFiles(options: Arguments): Listed {
  const files = new Map<FileId, string>();
  const tops = new Set<FolderId>();
  const notices: string[] = [];
  for (const path of options.paths) {
    if (path === "-") {
      files.set(options.stdinPath, path);
      tops.add(folderOf(options.stdinPath));
    } else if (kindOfPath(path) === "folder") {
      tops.add(folderIdOf(path));
      for (const { files: found, path: folder, error } of walk(path, walkOptions(options))) {
        if (error !== undefined) reportFolder(path, folder, error, notices);
        for (const file of found) files.set(fileIdOf(file), file);
      }
    } else {
      files.set(fileIdOf(path), path);
      tops.add(folderOf(fileIdOf(path)));
    }
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return { files: new Map(sorted), tops: [...tops].sort((a, b) => a.length - b.length), notices };
}

function reportFolder(root: string, folder: string, error: string, notices: string[]): void {
  const message = l10n.t("{0}: the folder can't be read ({1})", fileIdOf(folder) || ".", error);
  if (folderIdOf(root) === folderIdOf(folder)) throw new UsageError(message);
  notices.push(message);
}

function walkOptions({ isRecursive, honoursGitignore, exclude }: Arguments) {
  return { recursive: isRecursive, honoursGitignore, exclude };
}

/** The text of a file of the world, `undefined` when it has gone meanwhile or came from standard input. */
function textOfFile(file: FileId, options: Arguments): string | undefined {
  const text = readText(file, options.maxFileSize);
  return "text" in text ? text.text : undefined;
}

/** Reads files of the world again, each once: their syntax trees were not kept. */
export function rereader(options: Arguments): (file: FileId) => ReadFile | undefined {
  const reads = new Map<FileId, ReadFile | undefined>();
  return (file) => {
    if (!reads.has(file)) {
      const text = textOfFile(file, options);
      reads.set(file, text === undefined ? undefined : readFile(text));
    }
    return reads.get(file);
  };
}

/** The path relative to the working directory, with `/`. */
export function fileIdOf(path: string): FileId {
  return relative(".", resolve(path)).split(sep).join("/");
}

function folderIdOf(path: string): FolderId {
  const id = fileIdOf(path);
  return id === "" ? "" : `${id}/`;
}

function chooseEnvironments(
  index: Index,
  files: readonly FileId[],
  known: Pick<EnvironmentOptions, "tops" | "kustomizations">,
  options: Arguments,
): Pick<World, "environments" | "environmentsOf" | "isPartial" | "isTemplate"> {
  if (options.environment === "none") {
    const only = [
      fileSetEnvironment(index, {
        name: "",
        kind: "single",
        files,
        ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
      }),
    ];
    return { environments: only, environmentsOf: () => only, isPartial: () => false, isTemplate: () => false };
  }
  const found = new Environments(index, {
    ...known,
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  });
  const isPartial = (file: FileId): boolean => found.isPartial(file);
  const isTemplate = (file: FileId): boolean => found.templateOf(file) !== undefined;
  if (options.environment === undefined)
    return { environments: found.all(), environmentsOf: (file) => found.of(file), isPartial, isTemplate };
  const wanted = options.environment;
  const chosen = found.all().filter((environment) => environmentName(environment) === wanted);
  if (chosen.length === 0)
    throw new UsageError(
      l10n.t(
        "there is no environment {0}; there are {1}",
        wanted,
        found
          .all()
          .map((environment) => environmentName(environment))
          .join(", ") || l10n.t("none"),
      ),
    );
  return {
    environments: chosen,
    environmentsOf: (file) => found.of(file).filter(({ name }) => chosen.some((each) => each.name === name)),
    isPartial,
    isTemplate,
  };
}

/** The name of an environment on the command line: its folder, `.` for the working directory, `null` for everything as one set. */
export function environmentName({ kind, name }: Environment): string | null {
  return kind === "single" ? null : name === "" ? "." : name;
}

/** An object in an environment, as its file sees that. */
export interface FoundResource {
  readonly environment: Environment;
  readonly resource: Resource;
}

/** Objects of the environments that are looked at. Environments without any are forgotten again: rendered ones can be large. */
export function* resourcesIn(
  world: World,
  select: (environment: Environment) => readonly Resource[],
  isWanted: (resource: Resource) => boolean = () => true,
): Generator<FoundResource> {
  for (const environment of world.environments) {
    const wanted = select(environment).filter(isWanted);
    for (const resource of wanted) yield { environment: world.viewFrom(resource.file, environment), resource };
    if (wanted.length === 0) release(environment);
  }
}

/** What is made of each environment, one after the other; each is forgotten before the next one is looked at. */
export function* eachEnvironment<Result>(
  world: World,
  make: (environment: Environment) => readonly Result[],
): Generator<Result> {
  for (const environment of world.environments) {
    yield* make(environment);
    release(environment);
  }
}
