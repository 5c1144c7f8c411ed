import { l10n, Uri, workspace } from "vscode";

/** Where the packed text about all codes stands, below the extension's folder. */
const codesPage = "docs/codes.md";

/** Serves the pages to which the codes of diagnostics lead (`documentationUri`), from the text that is packed with the extension. */
export function serveDocumentation(extension: Uri): { dispose(): void } {
  return workspace.registerTextDocumentContentProvider("drydock-documentation", {
    async provideTextDocumentContent({ path }) {
      const bytes = await workspace.fs.readFile(Uri.joinPath(extension, codesPage));
      const name = path.replace(/^\//, "").replace(/\.md$/, "");
      return sectionNamed(new TextDecoder().decode(bytes), name) ?? l10n.t("There is no page about {0}.", name);
    },
  });
}

/** The section about one code, whose slash is a dash in the page's name, as a page of its own. */
function sectionNamed(page: string, name: string): string | undefined {
  const section = page.split(/^## /m).find((each) => each.split("\n", 1)[0]?.replace("/", "-") === name);
  return section === undefined ? undefined : `# ${section.trimEnd()}\n`;
}
