import { DidChangeConfigurationNotification } from "vscode-languageserver";
import { defaultSettings } from "../protocol/settings.ts";
import type { Settings } from "../protocol/settings.ts";
import type { Session } from "./session.ts";

/** Takes the settings, now and whenever they change. */
export async function listenToSettings(session: Session): Promise<void> {
  const { connection, client } = session;
  session.configure(settingsFrom(client.options.settings));
  connection.onDidChangeConfiguration(({ settings }) => {
    void take(session, settings).catch((error: unknown) => session.logger.error(`settings: ${String(error)}`));
  });
  if (!client.sendsConfiguration) return;
  await take(session, undefined);
  await connection.client.register(DidChangeConfigurationNotification.type, { section: "drydock" });
}

async function take(session: Session, pushed: unknown): Promise<void> {
  const asked: unknown = session.client.sendsConfiguration
    ? await session.connection.workspace.getConfiguration("drydock")
    : sectionOf(pushed);
  session.configure(settingsFrom(asked ?? session.client.options.settings));
}

/** Clients that push settings wrap them in the section's name, or do not. */
function sectionOf(pushed: unknown): unknown {
  return typeof pushed === "object" && pushed !== null && "drydock" in pushed ? pushed.drydock : pushed;
}

/** Settings as a client sends them: what is missing or of another type than the default is the default. */
export function settingsFrom(value: unknown): Settings {
  return merge(defaultSettings, value);
}

function merge<Shape extends object>(defaults: Shape, value: unknown): Shape {
  if (typeof value !== "object" || value === null) return defaults;
  const merged = new Map<string, unknown>(Object.entries(defaults));
  for (const [key, given] of Object.entries(value)) {
    const known = merged.get(key);
    if (
      known === undefined ||
      given === null ||
      typeof given !== typeof known ||
      Array.isArray(given) !== Array.isArray(known)
    )
      continue;
    merged.set(key, isGroup(known) ? merge(known, given) : given);
  }
  return Object.fromEntries(merged) as Shape;
}

/** A group of settings, such as `codeLens`; maps with free keys are empty by default. */
function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
