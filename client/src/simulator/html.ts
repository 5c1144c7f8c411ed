/** What the page of the simulator needs from the extension. Addresses are those that the webview may load. */
export interface PageParts {
  /** The source of the webview's own files, for the content security policy. */
  readonly cspSource: string;
  /** Scripts in the order in which they run. */
  readonly scripts: readonly string[];
  readonly style: string;
  /** New for each page; scripts without it do not run. */
  readonly nonce: string;
  /** The display language, `zh-cn`. */
  readonly language: string;
  readonly title: string;
}

/** Workers read the engine's script, and webviews start them from blobs alone. */
const blobs = "blob:";

/** The page that loads the simulator. Data never stands in it: they come as messages, so that no name of a manifest can end a tag. */
export function pageOf({ cspSource, scripts, style, nonce, language, title }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `connect-src ${cspSource}`,
    `worker-src ${blobs}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<div id="root"></div>
${scripts.map((script) => `<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>`).join("\n")}
</body>
</html>
`;
}

/** Text as it may stand between quotes and tags. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
