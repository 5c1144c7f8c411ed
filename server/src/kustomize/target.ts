import {
  annotateGenerated,
  annotateOrigin,
  annotateTransformation,
  appendPath,
  type BuildOrigin,
} from "./build-metadata.ts";
import { builtinSteps } from "./builtin-steps.ts";
import { readCrds } from "./config/crds.ts";
import {
  defaultConfig,
  emptyConfig,
  mergeConfigs,
  readConfigurations,
  type TransformerConfig,
} from "./config/transformer-config.ts";
import type { BuildContext } from "./context.ts";
import { fileText, inlineText, readObjects, readSettings } from "./documents.ts";
import { attempt, locating, moreTelling, Refusal, refuse, refuseUnknown } from "./failure.ts";
import { type GeneratedKind, generate, generatorOptions } from "./generators/generate.ts";
import { type Kustomization, loadKustomization } from "./kustomization.ts";
import type { Loader } from "./loader.ts";
import type { Step } from "./patches/patch-steps.ts";
import { sameJson } from "./patches/same-json.ts";
import { pluginGenerator, pluginTransformer } from "./plugins.ts";
import { bindVariables, mergeVariables, readVariable, type Variable } from "./references/vars.ts";
import { type LocatedText, Resource } from "./resource.ts";
import { type Append, ResourceMap } from "./resource-map.ts";
import type { Settings } from "./settings/settings.ts";
import { toJson } from "./tree/json.ts";
import type { Node } from "./tree/node.ts";

/** What kustomizations collect: objects, and what is needed to finish them. kustomize api, internal/accumulator/resaccumulator.go, v0.21.2. */
export interface Accumulator {
  readonly resources: ResourceMap;
  config: TransformerConfig;
  variables: readonly Variable[];
}

export function newAccumulator(): Accumulator {
  return { resources: new ResourceMap(), config: emptyConfig, variables: [] };
}

/** One kustomization while it is built. kustomize api, internal/target/kusttarget.go, KustTarget, v0.21.2. */
export class Target {
  readonly kustomization: Kustomization;
  readonly #loader: Loader;
  readonly #context: BuildContext;
  /** The folder relative to the one that is built; `undefined` when no `buildMetadata` asks. */
  readonly #path: string | undefined;

  constructor(
    loader: Loader,
    context: BuildContext,
    kustomization: Kustomization,
    path: string | undefined,
    options?: readonly string[],
  ) {
    this.#loader = loader;
    this.#context = context;
    this.kustomization = kustomization;
    const wantsOrigins =
      options === undefined ? !this.kustomization.settings.lacks("buildMetadata") : path !== undefined;
    this.#path = wantsOrigins ? (path ?? "") : undefined;
  }

  accumulate(into: Accumulator): void {
    const { settings, resources } = this.kustomization;
    this.#accumulateResources(into, resources);
    this.#context.step(() => {
      const own = readConfigurations(defaultConfig, settings.texts("configurations"), this.#loader);
      into.config = mergeConfigs(mergeConfigs(into.config, own), readCrds(settings.texts("crds"), this.#loader));
    });
    this.#runGenerators(into);
    for (const entry of settings.texts("components"))
      this.#context.step(() =>
        locating(entry.origin, () => this.#accumulateComponent(into, entry, this.#loader.enter(entry))),
      );
    this.#runTransformers(into);
    this.#runValidators(into);
    const variables = settings.children("vars").map(readVariable);
    this.#context.step(() => {
      bindVariables(into.resources, variables);
      into.variables = mergeVariables(into.variables, variables);
    });
  }

  /** Reads the schema that `openapi` names. */
  useOpenApi(): void {
    this.#context.step(() => this.#readOpenApi());
  }

  #readOpenApi(): void {
    const { settings } = this.kustomization;
    const openapi = settings.map("openapi");
    const path = openapi.get("path");
    const version = openapi.get("version");
    const document = path === undefined ? undefined : this.#loader.load(path);
    if (this.#context.schemas.isCustom) return;
    if (document !== undefined && version !== undefined) {
      refuse("invalid-kustomization", "builtin version and custom schema provided, cannot use both", version.origin);
    }
    if (version !== undefined && version.text !== "v1.21.2" && version.text !== "")
      refuse("other", "the specified OpenAPI version is not built in", version.origin);
    if (document === undefined) return;
    const fail = (message: string, at: LocatedText["origin"]): never =>
      refuse("other", `invalid schema file: ${message}`, at);
    this.#context.schemas.use(toJson(readSettings(fileText(document.path, document.text), fail)));
  }

  #accumulateResources(into: Accumulator, entries: readonly LocatedText[]): void {
    const append = into.resources.appender();
    for (const entry of entries)
      this.#context.step(() => locating(entry.origin, () => this.#accumulateResource(into, append, entry)));
  }

  /** An entry is a file, or else a folder; of two failures the more telling one is reported. */
  #accumulateResource(into: Accumulator, append: Append, entry: LocatedText): void {
    if (this.#loader.namesFolder(entry.text)) {
      this.#accumulateFolder(into, append, entry, this.#loader.enter(entry));
      return;
    }
    const asFile = attempt(() => this.#accumulateFile(append, entry));
    if (!(asFile instanceof Refusal)) return;
    if (asFile.class === "remote") throw asFile;
    const loader = attempt(() => this.#loader.enter(entry));
    if (loader instanceof Refusal) throw moreTelling(asFile, loader);
    this.#accumulateFolder(into, append, entry, loader);
  }

  #accumulateFile(append: Append, entry: LocatedText): void {
    const { path, text } = this.#loader.load(entry);
    const resources = this.#context.cache.objects(path, text).map((node) => new Resource(node.lazyCopy()));
    for (const { node } of resources) this.#context.schemas.meet(node);
    if (this.#path !== undefined) annotateOrigin(resources, { path: appendPath(this.#path, entry.text) });
    append(resources, entry.origin);
  }

  #accumulateFolder(into: Accumulator, append: Append, entry: LocatedText, loader: Loader): void {
    const target = this.#targetIn(entry, loader);
    if (target.kustomization.kind === "Component")
      refuse("invalid-kustomization", `expected kind != 'Component' for path '${loader.root}'`, entry.origin);
    const inner = newAccumulator();
    target.accumulate(inner);
    append(inner.resources.resources, entry.origin);
    into.config = mergeConfigs(into.config, inner.config);
    into.variables = mergeVariables(into.variables, inner.variables);
  }

  #accumulateComponent(into: Accumulator, entry: LocatedText, loader: Loader): void {
    const target = this.#targetIn(entry, loader);
    const { kind } = target.kustomization;
    if (kind !== "Component")
      refuse(
        "invalid-kustomization",
        `expected kind 'Component' for path '${loader.root}' but got '${kind}'`,
        entry.origin,
      );
    target.accumulate(into);
    // kustomize adds up what the component left once more: ids that it made alike conflict now.
    into.resources.demandUniqueIds(entry.origin);
    into.config = mergeConfigs(emptyConfig, into.config);
  }

  /** The kustomization of a folder that an entry names. */
  #targetIn(entry: LocatedText, loader: Loader): Target {
    const path = this.#path === undefined ? undefined : appendPath(this.#path, entry.text);
    const target = new Target(loader, this.#context, loadKustomization(loader.root, this.#context), path, []);
    target.useOpenApi();
    return target;
  }

  #runGenerators(into: Accumulator): void {
    const { settings } = this.kustomization;
    this.#context.step(() => this.#refuseHelm());
    const generators = [
      ...this.#ownGenerators("configMapGenerator", "ConfigMap"),
      ...this.#ownGenerators("secretGenerator", "Secret"),
      ...this.#pluginObjects(settings, "generators").map((resource) => ({
        origin: this.#pluginOrigin(resource),
        run: configured(
          () => pluginGenerator(resource, { loader: this.#loader, context: this.#context }),
          this.#context,
        ),
      })),
    ];
    for (const { origin, run } of generators) {
      this.#context.step(() => {
        const generated = run?.() ?? [];
        if (origin !== undefined) annotateGenerated(generated, origin);
        for (const resource of generated) into.resources.absorb(resource);
      });
    }
  }

  #ownGenerators(
    name: string,
    kind: GeneratedKind,
  ): readonly { readonly origin: BuildOrigin | undefined; readonly run: () => readonly Resource[] }[] {
    const { settings } = this.kustomization;
    return settings.children(name).map((entry) => ({
      origin: this.#builtinOrigin(`${kind}Generator`),
      run: () => {
        const options = generatorOptions(entry.child("options"), settings.child("generatorOptions"));
        return [locating(entry.origin, () => generate(kind, entry, options, this.#loader))];
      },
    }));
  }

  #refuseHelm(): void {
    const { settings } = this.kustomization;
    for (const name of ["helmCharts", "helmChartInflationGenerator"]) {
      const [chart] = settings.children(name);
      if (chart !== undefined)
        refuseUnknown(
          "helm",
          chart.text("name") || chart.text("chartName"),
          "trouble configuring builtin HelmChartInflationGenerator: must specify --enable-helm",
          chart.origin,
        );
    }
  }

  #runTransformers(into: Accumulator): void {
    const environment = { loader: this.#loader, context: this.#context };
    const builtin = builtinSteps(this.kustomization, into.config, environment).map(({ kind, configure }) => ({
      origin: this.#builtinOrigin(kind),
      run: configured(configure, this.#context),
    }));
    const plugins = this.#pluginObjects(this.kustomization.settings, "transformers").map((resource) => ({
      origin: this.#pluginOrigin(resource),
      run: configured(() => pluginTransformer(resource, environment), this.#context),
    }));
    for (const { origin, run } of [...builtin, ...plugins]) {
      if (run === undefined) continue;
      this.#context.step(() => {
        run(into.resources);
        if (origin !== undefined) annotateTransformation(into.resources.resources, origin);
        into.resources.dropEmpty();
      });
    }
  }

  /** Validators run like transformers, but must leave the objects as they are, but for a label that says who has validated them. */
  #runValidators(into: Accumulator): void {
    for (const resource of this.#pluginObjects(this.kustomization.settings, "validators")) {
      this.#context.step(() => {
        const before = into.resources.resources.map(({ node }) => node.copy());
        const step: Step = pluginTransformer(resource, { loader: this.#loader, context: this.#context });
        step(into.resources);
        const after = into.resources.resources.map((each) => withoutLabel(each, "validated-by"));
        const isSame = after.length === before.length && before.every((node, index) => sameJson(node, after[index]));
        if (!isSame) refuse("other", "validator shouldn't modify the resource map", resource.node.origin);
      });
    }
  }

  /** The objects that configure plugins: written in place, or in files and kustomizations. */
  #pluginObjects(settings: Settings, name: string): readonly Resource[] {
    const objects = newAccumulator();
    const paths: LocatedText[] = [];
    for (const node of settings.nodes(name)) {
      const inline = attempt(() => readObjects(inlineText(node, this.#context.text(this.kustomization.file))));
      if (inline instanceof Refusal) paths.push({ text: node.text, origin: node.origin });
      else objects.resources.append(inline.map((object) => new Resource(object.copy())));
    }
    this.#accumulateResources(objects, paths);
    return objects.resources.resources;
  }

  #builtinOrigin(kind: string): BuildOrigin | undefined {
    if (this.#path === undefined) return undefined;
    return {
      configuredIn: appendPath(this.#path, this.kustomization.fileName),
      configuredBy: { group: "", version: "builtin", kind },
    };
  }

  #pluginOrigin(resource: Resource): BuildOrigin | undefined {
    if (this.#path === undefined) return undefined;
    const { gvk, name, namespace } = resource;
    return {
      configuredIn: appendPath(this.#path, this.kustomization.fileName),
      configuredBy: { ...gvk, name, namespace },
    };
  }
}

/** Configures a step; in a tolerant build one that cannot be configured is left out. */
function configured<Configured>(configure: () => Configured, context: BuildContext): Configured | undefined {
  let result: Configured | undefined;
  context.step(() => {
    result = configure();
  });
  return result;
}

function withoutLabel(resource: Resource, label: string): Node {
  if (!resource.labels.has(label)) return resource.node;
  const copy = resource.copy();
  copy.setLabels(new Map([...copy.labels].filter(([name]) => name !== label)));
  return copy.node;
}
