import assert from "node:assert/strict";
import type { Workbench } from "../vscode/browser.ts";

/** What a person sees and does, by keyboard wherever there is a key for it. */
export interface ScreenScenario {
  readonly name: string;
  readonly run: (workbench: Workbench, desk: Desk) => Promise<void>;
}

/** What a scenario has beside the workbench. */
export interface Desk {
  /** Keeps what is on the screen under a name. */
  readonly picture: (name: string) => Promise<void>;
  /** The text of a file of the workspace, as it was saved last. */
  readonly saved: (path: string) => string;
}

export const screenScenarios: readonly ScreenScenario[] = [
  { name: "screen: a hover says which pods a Service reaches", run: hovers },
  { name: "screen: a code lens opens the Service's DNS names and endpoints", run: followsCodeLens },
  { name: "screen: the preview follows the keyboard", run: previewFollowsTyping },
  { name: "screen: a quick fix mends a selector", run: fixes },
  { name: "screen: the simulator survives a reload of the window", run: survivesReload },
];

const preview = /DNS and Endpoints/;

async function hovers(workbench: Workbench): Promise<void> {
  await workbench.open("shop.yaml");
  await workbench.goTo(30, 6);
  assert.match(await workbench.hover(), /Deployment/);
  await workbench.page.keyboard.press("Escape");
}

async function followsCodeLens(workbench: Workbench): Promise<void> {
  await workbench.open("shop.yaml");
  await workbench.page.locator(".codelens-decoration a", { hasText: "3 pods" }).first().waitFor();
  await workbench.page.locator(".codelens-decoration a", { hasText: "DNS" }).first().click();
  await workbench.editor(preview).filter({ hasText: "web.shop.svc.cluster.local" }).waitFor();
  await workbench.command("View: Close All Editors");
}

async function previewFollowsTyping(workbench: Workbench): Promise<void> {
  await workbench.open("api/service.yaml");
  await workbench.command("Drydock: Preview DNS and Endpoints");
  await workbench.editor(preview).filter({ hasText: "api.default.svc.cluster.local" }).waitFor();
  await workbench.goTo(4, 12);
  await workbench.page.keyboard.press("End");
  await workbench.page.keyboard.type("-v2");
  await workbench.editor(preview).filter({ hasText: "api-v2.default.svc.cluster.local" }).waitFor();
  await workbench.command("File: Revert File");
  await workbench.editor(preview).filter({ hasText: "api.default.svc.cluster.local" }).waitFor();
  await workbench.command("View: Close All Editors");
}

async function fixes(workbench: Workbench): Promise<void> {
  await workbench.open("mistake/service.yaml");
  await workbench.page.locator(".editor-group-container.active .squiggly-warning").first().waitFor();
  await workbench.goTo(7, 10);
  await workbench.command("Quick Fix...");
  await workbench.page.locator(".action-widget:visible .monaco-list-row.action").first().waitFor();
  await workbench.page.keyboard.press("Enter");
  await workbench
    .editor("service.yaml")
    .filter({ hasText: /selector:[^:]*app:\s*cart/ })
    .waitFor();
  await workbench.page.locator(".editor-group-container.active .squiggly-warning").waitFor({ state: "detached" });
  await workbench.command("File: Revert File");
  await workbench.command("View: Close All Editors");
}

async function survivesReload(workbench: Workbench): Promise<void> {
  await workbench.open("shop.yaml");
  await workbench.goTo(4, 9);
  await workbench.command("Drydock: Preview Rollout");
  await workbench.simulatorShows(/lowest available/);
  await workbench.reload("drydock.simulator", "isPlaced");
  await workbench.simulatorShows(/lowest available/);
  await workbench.command("View: Close All Editors");
}
