import type { BuildContext } from "./context.ts";
import { refuse } from "./failure.ts";
import type { LocatedText } from "./resource.ts";
import { Settings } from "./settings/settings.ts";
import { Node } from "./tree/node.ts";
import type { Generated } from "./types.ts";

export const kustomizationNames: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** A kustomization file, decoded and checked, with deprecated fields in their new places. */
export interface Kustomization {
  readonly folder: string;
  readonly fileName: string;
  readonly file: string;
  readonly settings: Settings;
  readonly kind: "Kustomization" | "Component";
  /** `resources` and `bases`. */
  readonly resources: readonly LocatedText[];
  /** `images` and `imageTags`. */
  readonly images: readonly Settings[];
}

/** The kustomization of a folder. kustomize api, internal/target/kusttarget.go, Load, v0.21.2. */
export function loadKustomization(folder: string, context: BuildContext): Kustomization {
  const { fileName, file, text } = findFile(folder, context);
  const settings = new Settings(context.cache.kustomization(file, text));
  if (isEmptyKustomization(settings)) refuse("empty-kustomization", "kustomization.yaml is empty", settings.origin);
  const kind = demandKind(folder, settings);
  for (const name of deprecated) if (settings.has(name)) context.noteDeprecated(name, settings.at(name));
  return {
    folder,
    fileName,
    file,
    settings,
    kind,
    resources: [...settings.texts("resources"), ...settings.texts("bases")],
    images: [...settings.children("images"), ...settings.children("imageTags")],
  };
}

/** The kustomization that Flux makes of a folder. */
export function generatedKustomization(folder: string, { resources, at }: Generated): Kustomization {
  return {
    folder,
    fileName: kustomizationNames[0]!,
    file: at.file,
    settings: new Settings(Node.map(at)),
    kind: "Kustomization",
    resources: resources.map((text) => ({ text, origin: at })),
    images: [],
  };
}

/** kustomize api, types/kustomization.go, CheckDeprecatedFields, v0.21.2. */
const deprecated: readonly string[] = [
  "bases",
  "commonLabels",
  "imageTags",
  "patchesJson6902",
  "patchesStrategicMerge",
  "vars",
];

interface FoundFile {
  readonly fileName: string;
  readonly file: string;
  readonly text: string;
}

function findFile(folder: string, context: BuildContext): FoundFile {
  const found = kustomizationNames.flatMap((fileName): readonly FoundFile[] => {
    const file = folder === "" ? fileName : `${folder}/${fileName}`;
    const text = context.text(file);
    return text === undefined ? [] : [{ fileName, file, text }];
  });
  const [first, second] = found;
  if (first === undefined) {
    const names = "'kustomization.yaml', 'kustomization.yml' or 'Kustomization'";
    return refuse("not-a-kustomization", `unable to find one of ${names} in directory '${folder}'`);
  }
  if (second !== undefined) {
    refuse("multiple-kustomizations", `Found multiple kustomization files under: ${folder}`, {
      file: second.file,
      span: { start: 0, end: 0 },
    });
  }
  return first;
}

/** Fields that count only with something in them. */
const movedFields: ReadonlySet<string> = new Set(["bases", "imageTags", "helmChartInflationGenerator"]);

/** kustomize api, types/kustomization.go, CheckEmpty, v0.21.2: even an empty list makes it non-empty. */
function isEmptyKustomization({ node }: Settings): boolean {
  return node.entries.every(({ key, value }) => {
    if (key.text === "kind" || key.text === "apiVersion") return true;
    if (movedFields.has(key.text)) return value.items.length === 0;
    return value.kind === "scalar" && value.text === "";
  });
}

/** kustomize api, types/kustomization.go, EnforceFields, v0.21.2. */
function demandKind(folder: string, settings: Settings): "Kustomization" | "Component" {
  const kind = settings.text("kind") || "Kustomization";
  const version = kind === "Component" ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
  const isKnown = kind === "Kustomization" || kind === "Component";
  const mistakes = isKnown ? [] : ["kind should be Kustomization or Component"];
  if (!["", version].includes(settings.text("apiVersion")))
    mistakes.push(`apiVersion for ${kind} should be ${version}`);
  if (mistakes.length === 0 && isKnown) return kind;
  return refuse(
    "invalid-kustomization",
    `Failed to read kustomization file under ${folder}:\n${mistakes.join("\n")}`,
    settings.at(isKnown ? "apiVersion" : "kind"),
  );
}
