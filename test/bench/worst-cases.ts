import { checkFile } from "../../server/src/features/diagnostics/file.ts";
import { newestKubernetes } from "../../server/src/kubernetes/api-lifecycle.ts";
import { Workspace } from "../../server/src/lsp/workspace.ts";
import { factsOf } from "../../server/src/model/read.ts";
import { deployment, service } from "../index/workspace.ts";
import { growth, processorClock, rounded } from "./figures.ts";

/** Shapes of workspaces that make careless programs quadratic. Times in milliseconds of the processor. */
export interface WorstCase {
  readonly name: string;
  readonly size: number;
  /** Reading the files into the index and finding everything in the file that is open. */
  readonly everything: number;
  /** Text inserted at the top of the open file, with its findings. */
  readonly keystroke: number;
  /** Of `everything`, from a quarter of the size to the whole: 1 is linear. */
  readonly exponent: number;
}

interface Shape {
  readonly name: string;
  readonly size: number;
  /** Closed files, and the text of the open one. */
  make(size: number): { readonly closed: Readonly<Record<string, string>>; readonly open: string };
}

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
];

/** Measures each shape at a quarter of its size and as a whole. */
export function measureWorstCases(): readonly WorstCase[] {
  return shapes.map((shape) => {
    measureShape(shape, Math.round(shape.size / 16)); // warms up
    const quarter = measureShape(shape, shape.size / 4);
    const whole = measureShape(shape, shape.size);
    const exponent = growth(
      { size: shape.size / 4, value: quarter.everything },
      { size: shape.size, value: whole.everything },
    );
    return { name: shape.name, size: shape.size, ...whole, exponent };
  });
}

/** Measures a shape at one size, in milliseconds of the processor. */
export function measureShape(shape: Shape, size: number): { readonly everything: number; readonly keystroke: number } {
  const { closed, open } = shape.make(size);
  const workspace = new Workspace(() => 0);
  workspace.setFolders(["file:///w"]);
  const uri = "file:///w/open.yaml";
  const look = (): void => {
    checkFile(workspace.contextOf(uri)!, workspace.memo, { kubernetesVersion: newestKubernetes, yamlSyntax: true });
  };
  const wholeTime = processorClock();
  workspace.update(Object.entries(closed).map(([path, text]) => ({ file: `file:///w/${path}`, facts: factsOf(text) })));
  workspace.open(uri, 1, open);
  look();
  const everything = wholeTime();
  const rounds = 20;
  const typingTime = processorClock();
  for (let round = 0; round < rounds; round++) {
    workspace.open(uri, round + 2, `# ${"x".repeat(round)}\n---\n${open}`);
    look();
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

function filesOf(size: number, textOf: (number: number) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(numbers(size).map((number) => [`${number}.yaml`, textOf(number)]));
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, number) => number);
}
