import type { Workbench } from "./browser.ts";

/** A moment of the running product that is worth a picture. */
export interface Scene {
  readonly name: string;
  /** The theme in which the README shows it, or all of them. */
  readonly readme?: "dark" | "light" | "high-contrast" | "every";
  /** Brings the workbench there; it starts without editors. */
  play(workbench: Workbench): Promise<void>;
}

export const scenes: readonly Scene[] = [
  { name: "hover", play: hover },
  { name: "preview", readme: "dark", play: preview },
  { name: "finding", readme: "light", play: finding },
  { name: "rollout", readme: "every", play: rollout },
  { name: "balancing", readme: "every", play: balancing },
  {
    name: "traffic",
    readme: "every",
    play: (workbench) => rolloutTab(workbench, "Traffic", /requests failed|No request failed/),
  },
  { name: "compare", readme: "every", play: (workbench) => rolloutTab(workbench, "Compare", /lowest available/) },
  { name: "routes", readme: "every", play: routes },
  { name: "tree", play: tree },
  { name: "explain", play: explain },
  { name: "relations", play: relations },
  { name: "resolve-name", play: resolveName },
  { name: "findings", play: findings },
  { name: "walkthrough", play: walkthrough },
];

async function hover(workbench: Workbench): Promise<void> {
  await workbench.open("blue-green/blue-green.yaml");
  await lensIsThere(workbench);
  await workbench.goTo(9, 7);
  await workbench.hover();
}

async function preview(workbench: Workbench): Promise<void> {
  await closeSideBar(workbench);
  await workbench.open("blog/blog.yaml");
  await lensIsThere(workbench);
  await workbench.command("Drydock: Preview DNS and Endpoints");
  await workbench
    .editor(/DNS and Endpoints/)
    .filter({ hasText: "svc.cluster.local" })
    .waitFor();
}

async function finding(workbench: Workbench): Promise<void> {
  await workbench.open("mistakes/service-no-matching-pods/manifest.yaml");
  const squiggle = workbench.page.locator(".editor-group-container.active .squiggly-warning").first();
  await squiggle.waitFor();
  await workbench.command("Go to Next Problem in Files (Error, Warning, Info)");
  await workbench.page.locator(".peekview-widget, .zone-widget").first().waitFor();
}

async function rollout(workbench: Workbench): Promise<void> {
  await closeSideBar(workbench);
  await workbench.open("canary/canary.yaml");
  await lensIsThere(workbench);
  await workbench.goTo(19, 9);
  await workbench.command("Drydock: Preview Rollout");
  await workbench.simulatorShows(/successfully rolled out|Waiting for deployment/);
  // Requests are counted beside the page, and come a moment later.
  await workbench.simulatorShows(/failed requests\s*[\d,]+\s*of/);
}

async function balancing(workbench: Workbench): Promise<void> {
  await closeSideBar(workbench);
  await workbench.open("canary/canary.yaml");
  await lensIsThere(workbench);
  await workbench.goTo(5, 9);
  await workbench.command("Drydock: Preview Balancing");
  await workbench.simulatorShows(/at random/);
}

/** The rollout's panel with another of its views. */
async function rolloutTab(workbench: Workbench, tab: string, text: RegExp): Promise<void> {
  await rollout(workbench);
  await workbench.simulator().getByRole("tab", { name: tab }).click();
  await workbench.simulatorShows(text);
}

async function routes(workbench: Workbench): Promise<void> {
  await closeSideBar(workbench);
  await workbench.open("gateway/gateway.yaml");
  await lensIsThere(workbench);
  await workbench.goTo(5, 9);
  await workbench.command("Drydock: Preview Balancing");
  await workbench.simulatorShows(/by its weight/);
}

async function closeSideBar(workbench: Workbench): Promise<void> {
  if (await workbench.page.locator(".part.sidebar").isVisible())
    await workbench.command("View: Close Primary Side Bar");
}

async function lensIsThere(workbench: Workbench): Promise<void> {
  await workbench.page.locator(".codelens-decoration a").first().waitFor();
}

async function tree(workbench: Workbench): Promise<void> {
  await workbench.open("mistakes/service-no-matching-pods/manifest.yaml");
  await workbench.command("Explorer: Focus on Drydock View");
  await treeRows(workbench).filter({ hasText: "no endpoints" }).first().waitFor();
}

function treeRows(workbench: Workbench): ReturnType<Workbench["page"]["locator"]> {
  return workbench.page.locator(".tree-explorer-viewlet-tree-view .monaco-list-row");
}

async function explain(workbench: Workbench): Promise<void> {
  await closeSideBar(workbench);
  await workbench.open("mistakes/service-no-matching-pods/manifest.yaml");
  await lensIsThere(workbench);
  await workbench.command("Drydock: Explain Why No Endpoints");
  await workbench
    .editor(/Why No Endpoints/)
    .filter({ hasText: "It has no endpoints" })
    .waitFor();
}

async function relations(workbench: Workbench): Promise<void> {
  await workbench.open("blog/mysql.yaml");
  await lensIsThere(workbench);
  await workbench.goTo(5, 10);
  await workbench.command("Drydock: Show Relations");
  await workbench
    .editor(/Relations/)
    .filter({ hasText: "Is referred to by" })
    .waitFor();
}

async function resolveName(workbench: Workbench): Promise<void> {
  await workbench.open("blog/blog.yaml");
  await lensIsThere(workbench);
  await workbench.command("Drydock: Resolve a Name");
  await workbench.page.locator(".quick-input-widget:visible input[type=text]").fill("mysql");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "namespace" }).first().waitFor();
  await workbench.page.keyboard.press("Enter");
  await workbench
    .editor(/Answers of DNS/)
    .filter({ hasText: "resolv.conf" })
    .waitFor();
}

async function findings(workbench: Workbench): Promise<void> {
  await workbench.open("blog/blog.yaml");
  await workbench.command("Drydock: Open Findings Report");
  await workbench
    .editor(/Findings/)
    .filter({ hasText: "warnings" })
    .waitFor();
}

async function walkthrough(workbench: Workbench): Promise<void> {
  await workbench.command("Welcome: Open Walkthrough");
  await workbench.page.locator(".quick-input-widget:visible input[type=text]").fill("Drydock");
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Drydock" }).first().waitFor();
  await workbench.page.keyboard.press("Enter");
  await workbench.page.locator(".getting-started-step", { hasText: "Open the example" }).first().waitFor();
}
