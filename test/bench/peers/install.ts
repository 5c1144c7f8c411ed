import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../../vscode/install.ts";
import { cache } from "../../vscode/paths.ts";

/** Exact versions, so that the figures of two runs are of the same programs. */
export const peerVersions = { "@monokle/validation": "0.33.0", "yaml-language-server": "2.0.0" } as const;

export type PeerName = keyof typeof peerVersions;

const folder = join(cache, "bench-peers");
const names = Object.keys(peerVersions) as readonly PeerName[];

/** Installs the peers into the cache, once. Throws where the registry can't be reached. */
export async function installPeers(): Promise<void> {
  if (names.every((name) => installedVersion(name) === peerVersions[name])) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  await npm(folder, ["install", "--no-save", ...names.map((name) => `${name}@${peerVersions[name]}`)]);
}

/** A file of an installed peer. */
export function peerFile(name: PeerName, path: string): string {
  return join(folder, "node_modules", name, path);
}

function installedVersion(name: PeerName): string | undefined {
  const path = peerFile(name, "package.json");
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly version: string }).version;
}
