import type { Workbench } from "./browser.ts";

/** A moment of the running product that is worth a picture. */
export interface Scene {
  readonly name: string;
  /** The theme in which the README shows it. */
  readonly readme?: "dark" | "light" | "high-contrast";
  /** Brings the workbench there; it starts without editors. */
  play(workbench: Workbench): Promise<void>;
}

export const scenes: readonly Scene[] = [
  { name: "hover", play: hover },
  { name: "preview", readme: "dark", play: preview },
  { name: "finding", readme: "light", play: finding },
];

async function hover(workbench: Workbench): Promise<void> {
  await workbench.open("blue-green/blue-green.yaml");
  await lensIsThere(workbench);
  await workbench.goTo(9, 7);
  await workbench.hover();
}

async function preview(workbench: Workbench): Promise<void> {
  await workbench.command("View: Close Primary Side Bar");
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

async function lensIsThere(workbench: Workbench): Promise<void> {
  await workbench.page.locator(".codelens-decoration a").first().waitFor();
}
