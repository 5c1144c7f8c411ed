import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { ScenarioResult } from "../../../server/src/protocol/webview.ts";
import { samples } from "./samples.ts";
import { type OpenOptions, WebviewPage } from "./webview.ts";

/** Opens a sample, lets `use` work with it, and fails where the page complained: scripts, styles, the content security policy. */
export async function withPage(
  browser: Browser,
  name: string,
  use: (webview: WebviewPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const webview = await WebviewPage.open(browser, options);
  try {
    const result = sample(name);
    await webview.show(result, result.object.startsWith("Service/") ? "balancing" : "rollout");
    await use(webview);
    assert.deepEqual(webview.complaints, []);
  } finally {
    await webview.close();
  }
}

/** A scenario by its name. */
export function sample(name: string): ScenarioResult {
  const found = samples[name];
  assert.ok(found, name);
  return found;
}
