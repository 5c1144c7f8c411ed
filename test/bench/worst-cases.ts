import { seededRandom } from "../../server/src/base/random.ts";
import type { FileContext } from "../../server/src/features/context.ts";
import { checkFile, checkNext } from "../../server/src/features/diagnostics/file.ts";
import type { CheckOptions } from "../../server/src/features/diagnostics/rule.ts";
import { newestKubernetes } from "../../server/src/kubernetes/api-lifecycle.ts";
import { Workspace } from "../../server/src/lsp/workspace.ts";
import { factsOf } from "../../server/src/model/read.ts";
import { deployment, service } from "../index/workspace.ts";
import { DiskWorkspace } from "../lsp/kustomize-workspace.ts";
import { growth, processorClock, rounded } from "./figures.ts";
import { manifest } from "./generate.ts";

/** Times in milliseconds of the processor. */
interface ShapeFigures {
  /** Reading the files into the index and finding everything in the file that is open. */
  readonly everything: number;
  /** Text inserted at the top of the open file, with its findings. */
  readonly keystroke: number;
}

/** Shapes of workspaces that make careless programs quadratic. */
export interface WorstCase extends ShapeFigures {
  readonly name: string;
  readonly size: number;
  /** Of `everything`, from a quarter of the size to the whole: 1 is linear. */
  readonly exponent: number;
}

interface Shape {
  readonly name: string;
  readonly size: number;
  /** Closed files, and the text of the open one. */
  make(size: number): { readonly closed: Readonly<Record<string, string>>; readonly open: string };
}

const options: CheckOptions = { kubernetesVersion: newestKubernetes, yamlSyntax: true };
const rounds = 20;
const web = deployment("web", { app: "web" });

/** Every Service selects the pods of every workload. */
export const sharedLabel: Shape = {
  name: "one label shared by all workloads and Services",
  size: 1200,
  make: (size) => ({ closed: {}, open: pairs(size, () => "all") }),
};

const shapes: readonly Shape[] = [
  sharedLabel,
  {
    name: "Services with one selector",
    size: 10_000,
    make: (size) => ({ closed: filesOf(size, (number) => service(`s${number}`, { app: "web" })), open: web }),
  },
  {
    name: "files in one folder",
    size: 10_000,
    make: (size) => ({
      closed: filesOf(size, (number) => deployment(`d${number}`, { app: `a${number}` })),
      open: `${web}---\n${service("web", { app: "web" })}`,
    }),
  },
  {
    name: "documents in one file",
    size: 2400,
    make: (size) => ({ closed: {}, open: pairs(size, (number) => `a${number}`) }),
  },
  { name: "lines in one file", size: 20_800, make: (size) => ({ closed: {}, open: linesOf(size) }) },
];

/** Measures each shape at a quarter of its size and as a whole. */
export function measureWorstCases(): readonly WorstCase[] {
  return [
    ...shapes.map((shape) => measureGrowth(shape.name, shape.size, (size) => measureShape(shape, size))),
    measureGrowth("overlays of one base", 500, measureOverlays),
  ];
}

function measureGrowth(name: string, size: number, measure: (size: number) => ShapeFigures): WorstCase {
  measure(Math.round(size / 16)); // warms up
  const quarter = measure(size / 4);
  const whole = measure(size);
  const exponent = growth({ size: size / 4, value: quarter.everything }, { size, value: whole.everything });
  return { name, size, ...whole, exponent };
}

/** Measures a shape at one size, in milliseconds of the processor. */
export function measureShape(shape: Shape, size: number): ShapeFigures {
  const { closed, open } = shape.make(size);
  const workspace = new Workspace(() => 0);
  workspace.setFolders(["file:///w"]);
  const uri = "file:///w/open.yaml";
  const look = (): void => {
    checkFile(workspace.contextOf(uri)!, workspace.memo, options);
  };
  const wholeTime = processorClock();
  workspace.update(Object.entries(closed).map(([path, text]) => ({ file: `file:///w/${path}`, facts: factsOf(text) })));
  workspace.open(uri, 1, open);
  look();
  const everything = wholeTime();
  const typingTime = processorClock();
  for (let round = 0; round < rounds; round++) {
    workspace.open(uri, round + 2, `# ${"x".repeat(round)}\n---\n${open}`);
    look();
  }
  return { everything, keystroke: rounded(typingTime() / rounds) };
}

/** A base that is open, with everything found in each of its overlays; the keystroke is in the base. */
function measureOverlays(size: number): ShapeFigures {
  const overlays = numbers(size).map((number): [string, string] => [
    `overlays/${number}/kustomization.yaml`,
    `resources: [../../base]\nnamePrefix: o${number}-\n`,
  ]);
  const base = "base/web.yaml";
  const open = `${web}---\n${service("web", { app: "web" })}`;
  const wholeTime = processorClock();
  const disk = new DiskWorkspace({
    ...Object.fromEntries(overlays),
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    [base]: open,
  });
  const { workspace } = disk;
  const context = (): FileContext => workspace.contextOf(disk.uri(base))!;
  disk.open(base);
  checkFile(context(), workspace.memo, options);
  while (checkNext(context(), workspace.memo, options));
  const everything = wholeTime();
  const typingTime = processorClock();
  for (let round = 0; round < rounds; round++) {
    disk.open(base, `# ${"x".repeat(round)}\n---\n${open}`);
    checkFile(context(), workspace.memo, options);
  }
  return { everything, keystroke: rounded(typingTime() / rounds) };
}

/** Deployments and their Services, in one text. */
function pairs(size: number, labelOf: (number: number) => string): string {
  return numbers(size / 2)
    .flatMap((number) => [
      deployment(`d${number}`, { app: labelOf(number) }),
      service(`s${number}`, { app: labelOf(number) }),
    ])
    .join("---\n");
}

/** Deployments and their Services in block style, in one text of about so many lines. */
function linesOf(size: number): string {
  const random = seededRandom(1);
  const parts: string[] = [];
  for (let lines = 0; lines < size;) {
    const part = manifest(parts.length, random);
    parts.push(part);
    lines += part.split("\n").length;
  }
  return parts.join("---\n");
}

function filesOf(size: number, textOf: (number: number) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(numbers(size).map((number) => [`${number}.yaml`, textOf(number)]));
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, number) => number);
}
