import type { Index } from "../../server/src/index/index.ts";
import { kustomizationsOf } from "../../server/src/index/kustomizations.ts";
import type { KustomizationGraph, KustomizeEngine } from "../../server/src/index/kustomizations.ts";
import { folderOf, isKustomizationFile } from "../../server/src/index/place.ts";
import type { Environment } from "../../server/src/index/types.ts";
import { closure, readKustomization } from "../../server/src/kustomize/closure.ts";
import { render } from "../../server/src/kustomize/render.ts";
import type { KustomizationSummary, KustomizeFiles } from "../../server/src/kustomize/types.ts";
import { deployment, indexOf, manifest } from "./workspace.ts";

export type Files = Readonly<Record<string, string>>;

/** A base with two overlays. */
export const shop: Files = {
  "base/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n",
  "base/web.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels:\n        app: web\n",
  "prod/kustomization.yaml":
    "namespace: live\nnamePrefix: p-\nresources: [../base]\npatches: [{path: more.yaml}]\nlabels: [{includeTemplates: true, pairs: {env: live}}]\n",
  "prod/more.yaml": manifest("apps/v1", "Deployment", { name: "web" }, { spec: { replicas: 5 } }),
  "dev/kustomization.yaml": "resources: [../base]\n",
  "dev/old_patch.yaml": manifest("apps/v1", "Deployment", { name: "web" }, { spec: {} }),
  "dev/aside.yaml": deployment("aside", { app: "aside" }),
};

/** The engine over files in memory, counting what it renders. */
export function engineOf(files: Files, rendered: string[] = []): KustomizeEngine {
  const source: KustomizeFiles = {
    text: (path) => files[path],
    isFolder: (path) => Object.keys(files).some((file) => path === "" || file.startsWith(`${path}/`)),
  };
  const summary = (folder: string): KustomizationSummary | undefined => readKustomization(folder, source);
  return {
    summary,
    closure: (folder) => closure(folder, summary),
    render: (folder, written) => {
      rendered.push(folder);
      return render(folder, source, { tolerant: true, written });
    },
    idOf: (path) => `ws/${path}`,
    pathOf: (file) => file.slice("ws/".length),
  };
}

export function withPrefix(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`ws/${path}`, text]));
}

export function foldersOf(files: Files): readonly string[] {
  return Object.keys(files)
    .filter(isKustomizationFile)
    .map((file) => folderOf(file).slice(0, -1));
}

export function graphOf(files: Files, index: Index = indexOf(withPrefix(files))): KustomizationGraph {
  return kustomizationsOf({ engine: engineOf(files), index, folders: foldersOf(files) });
}

export function namesOf(environment: Environment): readonly string[] {
  return environment.resources().map(({ kind, namespace, name }) => `${kind} ${namespace ?? ""}/${name}`);
}

export function flux(path: string, more: object = {}, name = "shop"): string {
  return manifest("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { name }, { spec: { path, ...more } });
}

export function application(spec: object, name = "shop"): string {
  return manifest("argoproj.io/v1alpha1", "Application", { name }, { spec });
}
