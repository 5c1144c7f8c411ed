import type { TemplateName } from "../model/facts.ts";
import { objectSetEnvironment } from "./environment.ts";
import type { Index } from "./index.ts";
import { defaultNamespace, folderOf, parentOf, SourceResource } from "./place.ts";
import type { Environment, FileId, FolderId, Place } from "./types.ts";

/** A name in an action of a chart's template. */
export interface NamedPlace {
  readonly name: TemplateName;
  readonly place: Place;
}

/** A Helm chart: a folder with a `Chart.yaml`. What its templates make is only known once Helm has filled them in. */
export class Chart {
  readonly folder: FolderId;
  /** The chart that this one is a part of. */
  readonly #parent: Chart | undefined;
  readonly #index: Index;
  #environment: Environment | undefined;
  #names: readonly NamedPlace[] | undefined;

  constructor(index: Index, folder: FolderId, parent: Chart | undefined) {
    this.#index = index;
    this.folder = folder;
    this.#parent = parent;
  }

  /** The file with the values that templates read unless others are given. */
  get values(): FileId {
    return `${this.folder}values.yaml`;
  }

  /** Its own templates, and those of the charts that it holds, which share the definitions. */
  templates(): readonly FileId[] {
    return this.#index.filesBelow(this.folder).filter((file) => isTemplatePath(file.slice(this.folder.length)));
  }

  /** What its own templates say of their objects, as far as it is no action's: always open. */
  get environment(): Environment {
    const files = (): readonly FileId[] => this.#index.filesBelow(`${this.folder}templates/`);
    const about = {
      name: this.folder.replace(/\/$/, ""),
      kind: "chart",
      namespace: defaultNamespace,
      files,
    } as const;
    return (this.#environment ??= objectSetEnvironment(about, () => ({
      resources: files().flatMap((file) => this.#objectsOf(file)),
      notes: [],
      open: [{ code: "template", subject: "", place: undefined }],
    })));
  }

  /** Everything that the actions of its templates name, file by file. */
  names(): readonly NamedPlace[] {
    return (this.#names ??= this.templates().flatMap((file) =>
      (this.#index.file(file)?.facts.documents ?? []).flatMap(({ start, facts }) =>
        (facts.template?.names ?? []).map((name) => ({
          name,
          place: { file, start: start + name.start, end: start + name.end },
        })),
      ),
    ));
  }

  /** The names of all charts that are rendered together: definitions are shared among them. */
  sharedNames(): readonly NamedPlace[] {
    return this.#parent?.sharedNames() ?? this.names();
  }

  /** In the order of their places. */
  #objectsOf(file: FileId): readonly SourceResource[] {
    const known = this.#index.file(file);
    if (known === undefined) return [];
    const templated = known.facts.documents.flatMap((document) =>
      (document.facts.template?.objects ?? []).map((facts) => new SourceResource(file, document, facts)),
    );
    return templated.length === 0
      ? known.resources
      : [...known.resources, ...templated].sort((a, b) => a.start - b.start);
  }
}

/** The charts of one state of the index. */
export class Charts {
  readonly #index: Index;
  readonly #charts = new Map<FolderId, Chart>();

  constructor(index: Index) {
    this.#index = index;
  }

  /** The chart of which a file is a template. */
  templateOf(file: FileId): Chart | undefined {
    if (!/(^|\/)templates\//.test(file)) return undefined;
    const folder = this.#folderAbove(folderOf(file));
    return folder === undefined || !file.startsWith(`${folder}templates/`) ? undefined : this.#chart(folder);
  }

  /** The chart that a file is the `values.yaml` of. */
  valuesOf(file: FileId): Chart | undefined {
    const folder = folderOf(file);
    return file === `${folder}values.yaml` && this.#isChart(folder) ? this.#chart(folder) : undefined;
  }

  #isChart(folder: FolderId): boolean {
    return this.#index.file(`${folder}Chart.yaml`) !== undefined;
  }

  /** The nearest folder of a chart, from a folder upwards. */
  #folderAbove(from: FolderId): FolderId | undefined {
    let folder: FolderId | undefined = from;
    while (folder !== undefined && !this.#isChart(folder)) folder = parentOf(folder);
    return folder;
  }

  #chart(folder: FolderId): Chart {
    let chart = this.#charts.get(folder);
    if (chart === undefined) {
      const parent = /^(.*\/|)charts\/[^/]+\/$/.exec(folder)?.[1];
      chart = new Chart(
        this.#index,
        folder,
        parent !== undefined && this.#isChart(parent) ? this.#chart(parent) : undefined,
      );
      this.#charts.set(folder, chart);
    }
    return chart;
  }
}

/** `templates/…` of the chart itself, or of a chart inside of it: `charts/NAME/templates/…`. */
function isTemplatePath(path: string): boolean {
  return /^(?:charts\/[^/]+\/)*templates\//.test(path);
}
