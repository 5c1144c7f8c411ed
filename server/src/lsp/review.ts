import { reviewPage } from "../features/review/page.ts";
import { byName, reviewChange } from "../features/review/review.ts";
import type { Environments } from "../features/review/review.ts";
import type { Page } from "../features/page.ts";
import { decodeText, decodeUtf8 } from "../yaml/decode.ts";
import type { CommittedFiles } from "./host.ts";
import { environmentLabel } from "./labels.ts";
import type { Session } from "./session.ts";
import { Workspace } from "./workspace.ts";

/** More rounds of files that kustomizations name are not asked for: each goes one base deeper. */
const mostRounds = 100;

/** What the texts in the editor change against a commit; `undefined` where the host has no git, or no folder knows the commit. */
export async function reviewAgainst(session: Session, commit: string): Promise<Page | undefined> {
  const { workspace, host } = session;
  const before = new Workspace(() => host.wallTime(), { realPath: (uri) => host.local?.realPath(uri) });
  before.configure(workspace.settings);
  before.setFolders(workspace.folderUris);
  const files = new Map<string, Uint8Array>();
  for (const folder of workspace.folderUris) {
    for (const [uri, bytes] of (await host.committedFiles?.(folder, commit)) ?? []) files.set(uri, bytes);
  }
  if (files.size === 0) return undefined;
  await session.settled();
  openCommitted(before, files);
  const { settings } = workspace;
  const facts = {
    kubernetesVersion: session.kubernetesVersion,
    nodes: settings.nodes,
    proxyMode: settings.proxyMode,
    clusterDomain: settings.clusterDomain,
  };
  const byLabel = (environments: Workspace["environments"]): Environments =>
    byName(environments.all(), ({ name }) => environmentLabel(session, name));
  return reviewPage(commit, reviewChange(byLabel(settled(before, files)), byLabel(workspace.environments), facts));
}

function openCommitted(before: Workspace, files: CommittedFiles): void {
  for (const [uri, bytes] of files) {
    const decoded = /\.(ya?ml|json)$|\/Kustomization$/.test(uri) ? decodeText(bytes) : undefined;
    if (decoded !== undefined && "text" in decoded) before.open(uri, 0, decoded.text);
  }
}

/** Gives the kustomizations what they name, until they name nothing new. */
function settled(before: Workspace, files: CommittedFiles): Workspace["environments"] {
  for (let round = 0; round < mostRounds; round++) {
    for (const environment of before.environments.all()) environment.resources();
    const needed = before.takeNeeded();
    if (needed.length === 0) break;
    before.give(
      new Map(
        needed.map((file) => {
          const bytes = files.get(before.uriOf(file));
          return [file, bytes === undefined ? undefined : { bytes, text: textOf(bytes) }];
        }),
      ),
    );
  }
  return before.environments;
}

function textOf(bytes: Uint8Array): string {
  const decoded = decodeText(bytes);
  return "text" in decoded ? decoded.text : decodeUtf8(bytes);
}
