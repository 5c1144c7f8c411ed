import { parseBare } from "../check.ts";
import type { Durations } from "../figures.ts";
import { processorClock, rounded } from "../figures.ts";
import { generateWorkspace } from "../generate.ts";
import { measureShape, sharedLabel } from "../worst-cases.ts";
import type { EditingFigures } from "./editing.ts";
import { measureDrydock, measureYamlLanguageServer } from "./editing.ts";
import type { PeerName } from "./install.ts";
import { peerVersions } from "./install.ts";
import { measureMonokle } from "./monokle.ts";

/** The same work done by Drydock and by another program, in the same run; milliseconds. */
export interface PeerFigures {
  readonly work: string;
  readonly peer: string;
  readonly drydock: number;
  readonly theirs: number;
  /** How many times Drydock's time the other one takes. */
  readonly ratio: number;
}

/** Measures Drydock beside programs that people use for the same purpose; they have to be installed. */
export async function measurePeers(): Promise<readonly PeerFigures[]> {
  return [...(await measureReferences()), ...(await measureTyping())];
}

/** Drydock reads the text and finds everything; Monokle is given parsed objects; `yaml` does nothing but parse. */
async function measureReferences(): Promise<readonly PeerFigures[]> {
  const warmUp = 75;
  measureShape(sharedLabel, warmUp);
  await measureMonokle(sharedLabel.make(warmUp).open);
  const figures: PeerFigures[] = [];
  for (const size of [300, 600, 1200]) {
    const work = `${sharedLabel.name}: ${size}`;
    const { open } = sharedLabel.make(size);
    const { everything } = measureShape(sharedLabel, size);
    const parsing = processorClock();
    parseBare(open);
    figures.push(
      compared(work, "yaml, parsing alone", everything, parsing()),
      compared(work, titleOf("@monokle/validation"), everything, await measureMonokle(open)),
    );
  }
  return figures;
}

async function measureTyping(): Promise<readonly PeerFigures[]> {
  const workspace = generateWorkspace(1000);
  try {
    const drydock = await measureDrydock(workspace);
    const theirs = await measureYamlLanguageServer(workspace);
    const rows: readonly (readonly [string, (figures: EditingFigures) => Durations])[] = [
      ["keystroke to findings (the peer waits 200 ms first)", ({ findings }) => findings],
      ["hover", ({ hover }) => hover],
      ["keystroke to hover", ({ hoverAfterKeystroke }) => hoverAfterKeystroke],
    ];
    const peer = titleOf("yaml-language-server");
    return rows.flatMap(([name, of]) => [
      compared(`${name}, p50`, peer, of(drydock).p50, of(theirs).p50),
      compared(`${name}, p95`, peer, of(drydock).p95, of(theirs).p95),
    ]);
  } finally {
    workspace.remove();
  }
}

function compared(work: string, peer: string, drydock: number, theirs: number): PeerFigures {
  return { work, peer, drydock, theirs, ratio: rounded(theirs / drydock) };
}

function titleOf(name: PeerName): string {
  return `${name} ${peerVersions[name]}`;
}
