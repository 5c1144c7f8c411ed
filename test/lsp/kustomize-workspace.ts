import { numberAt } from "../../server/src/base/json.ts";
import { roleOf } from "../../server/src/index/place.ts";
import type { FileId } from "../../server/src/index/types.ts";
import { Workspace } from "../../server/src/lsp/workspace.ts";
import { readFile } from "../../server/src/model/read.ts";

/** The server's workspace over files in memory, and the reading that a session does for it. */
export class DiskWorkspace {
  readonly workspace: Workspace;
  readonly reads: string[] = [];
  readonly #disk: Map<FileId, string>;

  /**
   * @param files texts by their path in the folder
   * @param links where paths lead that are symbolic links
   */
  constructor(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}) {
    const real = new Map(Object.entries(links).map(([path, target]) => [this.uri(path), target]));
    this.workspace = new Workspace(() => 0, { realPath: (uri) => real.get(uri) ?? uri });
    this.#disk = new Map(Object.entries(files).map(([path, text]) => [this.uri(path), text]));
    this.workspace.setFolders(["file:///shop"]);
    this.workspace.update(
      [...this.#disk].flatMap(([file, text]) =>
        file.endsWith(".yaml") ? [{ file, facts: readFile(text, undefined, roleOf(file)).facts }] : [],
      ),
    );
    this.settle();
  }

  uri(path: string): string {
    return `file:///shop/${path}`;
  }

  /** Reads what is needed until nothing is. */
  settle(): void {
    for (;;) {
      this.workspace.environments.of(this.uri("kustomization.yaml"));
      const needed = this.workspace.takeNeeded();
      if (needed.length === 0) return;
      this.reads.push(...needed);
      this.workspace.give(
        new Map(
          needed.map((file) => {
            const text = this.#disk.get(file);
            return [file, text === undefined ? undefined : { text, bytes: new TextEncoder().encode(text) }];
          }),
        ),
      );
    }
  }

  open(path: string, text: string = this.#disk.get(this.uri(path)) ?? ""): void {
    this.workspace.open(this.uri(path), 1, text);
    this.settle();
  }

  /** The disk holds another text now. */
  write(path: string, text: string): void {
    this.#disk.set(this.uri(path), text);
    const { facts } = readFile(text, undefined, roleOf(path));
    this.workspace.update([{ file: this.uri(path), facts }]);
  }

  /** The values at a path of the Deployment in each environment of a file. */
  replicasIn(path: string): readonly string[] {
    return this.workspace.environments.of(this.uri(path)).map((environment) => {
      const found = environment.resources().find(({ kind }) => kind === "Deployment");
      const replicas = numberAt(found?.object, "spec", "replicas");
      return `${environment.name.slice("file:///shop/".length)}: ${replicas ?? "none"}`;
    });
  }
}
