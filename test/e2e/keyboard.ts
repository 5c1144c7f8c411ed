import assert from "node:assert/strict";
import type { Workbench } from "../vscode/browser.ts";
import type { Desk, ScreenScenario } from "./screen.ts";

/**
 * Some work on one Service, without a mouse: its selector is completed, the label renamed, the port mended, a finding silenced, the result previewed.
 * Each scenario goes on where the one before has ended; the pictures are for people to look at.
 */
export const keyboardSession: readonly ScreenScenario[] = [
  { name: "keyboard: completes a selector from the pods that are there", run: completesSelector },
  { name: "keyboard: renames the label in the template, its selector and the Service", run: renamesLabel },
  { name: "keyboard: mends a port with the light bulb", run: mendsPort },
  { name: "keyboard: silences a finding where it stands", run: silencesFinding },
  { name: "keyboard: previews the DNS names that come out of it", run: previewsNames },
  { name: "keyboard: writes what the simulator has tried into the manifest", run: writesKnob },
];

const service = "checkout/service.yaml";
const deployment = "checkout/deployment.yaml";

async function completesSelector(workbench: Workbench, { picture, saved }: Desk): Promise<void> {
  const { keyboard } = workbench.page;
  const before = saved(service);
  await workbench.open(service);
  await workbench.goTo(6, 12);
  await keyboard.type(" ");
  await workbench.suggestion("app: checkout").waitFor();
  await picture("complete-selector");
  await keyboard.press("Enter");
  await workbench.line(/^\s*app:\s*checkout/).waitFor();
  await workbench.save();
  assert.equal(saved(service), before.replace("selector:\n", "selector:\n    app: checkout\n"));
}

async function renamesLabel(workbench: Workbench, { picture, saved }: Desk): Promise<void> {
  const { keyboard } = workbench.page;
  const before = { service: saved(service), deployment: saved(deployment) };
  await workbench.goTo(7, 12);
  await keyboard.press("F2");
  const box = workbench.page.locator(".rename-box input:focus");
  await box.waitFor();
  assert.equal(await box.inputValue(), "checkout");
  await keyboard.type("till");
  await picture("rename-label");
  await keyboard.press("Enter");
  await workbench.line(/^\s*app:\s*till/).waitFor();
  await workbench.save();
  await workbench.open(deployment);
  await picture("renamed-label");
  await workbench.save();
  assert.equal(saved(service), before.service.replace("app: checkout", "app: till"));
  assert.equal(saved(deployment), before.deployment.replaceAll("app: checkout", "app: till"));
}

async function mendsPort(workbench: Workbench, { picture, saved }: Desk): Promise<void> {
  const { keyboard } = workbench.page;
  const before = saved(service);
  await workbench.open(service);
  await workbench.goTo(11, 20);
  await workbench.squiggle("warning").waitFor();
  await workbench.openActions("Change targetPort to http");
  await workbench.action("Change targetPort to http").waitFor();
  await picture("fix-port");
  await keyboard.press("Enter");
  await workbench.line(/^\s*targetPort:\s*http\b/).waitFor();
  await workbench.squiggle("warning").waitFor({ state: "detached" });
  await workbench.save();
  assert.equal(saved(service), before.replace("htpp", "http"));
}

async function silencesFinding(workbench: Workbench, { picture, saved }: Desk): Promise<void> {
  const { keyboard } = workbench.page;
  const before = saved(service);
  await workbench.open(service);
  await workbench.goTo(19, 7);
  await workbench.squiggle("info").waitFor();
  await workbench.openActions("Silence service/no-matching-pods here");
  await workbench.goToAction("Silence service/no-matching-pods here");
  await picture("silence-finding");
  await keyboard.press("Enter");
  await workbench.squiggle("info").waitFor({ state: "detached" });
  await picture("silenced-finding");
  await workbench.save();
  const comment = "    # drydock-disable-next-line service/no-matching-pods\n";
  assert.equal(saved(service), before.replace("    app: payments", `${comment}    app: payments`));
}

async function previewsNames(workbench: Workbench, { picture }: Desk): Promise<void> {
  await workbench.open(service);
  await workbench.goTo(4, 9);
  await workbench.command("Drydock: Preview DNS and Endpoints");
  await workbench
    .editor(/DNS and Endpoints/)
    .filter({ hasText: "checkout.default.svc.cluster.local" })
    .waitFor();
  await picture("preview-names");
  await workbench.command("View: Close All Editors");
}

async function writesKnob(workbench: Workbench, { picture, saved }: Desk): Promise<void> {
  const { keyboard } = workbench.page;
  const before = saved(deployment);
  await workbench.open(deployment);
  await workbench.goTo(4, 9);
  await workbench.command("Drydock: Preview Rollout");
  await workbench.simulatorShows(/lowest available/);
  const simulator = workbench.simulator();
  await simulator.getByText("Settings:").click();
  await simulator.locator("#knob-replicas").focus();
  await keyboard.press("ArrowRight");
  await simulator.getByRole("button", { name: "Write to manifest" }).focus();
  await keyboard.press("Enter");
  await workbench.simulatorShows(/Written to the manifest/);
  await picture("written-knob");
  await workbench.command("View: Focus First Editor Group");
  await workbench.save();
  assert.equal(saved(deployment), before.replace("replicas: 2", "replicas: 3"));
  await workbench.command("View: Close All Editors");
}
