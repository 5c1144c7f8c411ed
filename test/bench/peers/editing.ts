import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient } from "../../support/language-client.ts";
import { startProgram, startScript } from "../../support/stdio.ts";
import type { Durations } from "../figures.ts";
import { durationsOf } from "../figures.ts";
import type { Workspace } from "../generate.ts";
import { positionOf } from "../server.ts";
import { peerFile } from "./install.ts";

/** What somebody who types in one file waits for, in milliseconds. */
export interface EditingFigures {
  readonly findings: Durations;
  readonly hover: Durations;
  readonly hoverAfterKeystroke: Durations;
}

const deadline = 120_000;
const rounds = 50;

export async function measureDrydock(workspace: Workspace): Promise<EditingFigures> {
  const folder = pathToFileURL(workspace.folder).href;
  const { client } = await LanguageClient.open(startProgram("server.cjs", ["--stdio"]), { folder, deadline });
  await client.untilReady();
  const { uri, text } = fileOf(workspace);
  await client.openText(uri, text);
  const figures = await measureEditing(client, workspace, (changed) => client.diagnostics(changed));
  await client.end();
  return figures;
}

/** Without its catalogue of schemas, which is on the internet: a schema of three fields is all that it has to look into. */
export async function measureYamlLanguageServer(workspace: Workspace): Promise<EditingFigures> {
  const schema = join(workspace.folder, "fields.schema.json");
  writeFileSync(schema, JSON.stringify(fields));
  const yaml = {
    validate: true,
    hover: true,
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
    schemas: { [pathToFileURL(schema).href]: "*.yaml" },
  };
  const program = startScript(peerFile("yaml-language-server", "bin/yaml-language-server"), ["--stdio"]);
  const folder = pathToFileURL(workspace.folder).href;
  const { client } = await LanguageClient.open(program, { folder, settings: { yaml }, deadline });
  const { uri, text } = fileOf(workspace);
  await client.openText(uri, text);
  await client.untilPushedAgain(uri);
  const figures = await measureEditing(client, workspace, (changed) => client.untilPushedAgain(changed));
  await client.end();
  return figures;
}

async function measureEditing(
  client: LanguageClient,
  workspace: Workspace,
  findings: (uri: string) => Promise<unknown>,
): Promise<EditingFigures> {
  const { uri, text } = fileOf(workspace);
  const type = (round: number): Promise<void> =>
    client.changeText(uri, text.replace(/image: \S+/, `image: registry.example/typed:${round}`));
  const position = positionOf(text, text.lastIndexOf("selector:"));
  const hover = async (): Promise<void> => {
    const shown = await client.request("textDocument/hover", { textDocument: { uri }, position });
    if (shown === null) throw new Error("nothing is shown for the field");
  };
  return {
    findings: await durationsOf(rounds, async (round) => {
      await type(round);
      await findings(uri);
    }),
    hover: await durationsOf(rounds, hover),
    hoverAfterKeystroke: await durationsOf(rounds, async (round) => {
      await type(round);
      await hover();
    }),
  };
}

function fileOf(workspace: Workspace): { readonly uri: string; readonly text: string } {
  const path = workspace.files[Math.floor(workspace.files.length / 2)]!;
  return { uri: pathToFileURL(path).href, text: readFileSync(path, "utf8") };
}

const fields = {
  type: "object",
  properties: {
    kind: { type: "string" },
    spec: { type: "object", properties: { selector: { type: "object", description: "Selects pods." } } },
  },
};
