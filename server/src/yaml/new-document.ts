import type { JsonObject } from "../base/json.ts";
import type { YamlNode } from "./node.ts";
import { layoutOf, renderBlock, renderFlow } from "./render.ts";

/** What is inserted behind the last character of a document to add another one, in its layout; without a final line break, since one follows there. */
export function documentText(object: JsonObject, beside: string, root: YamlNode | null): string {
  const layout = layoutOf(beside, root);
  const rendered = renderBlock(object, 0, layout);
  const end = /[\n\r]/.test(beside.slice(beside.trimEnd().length)) ? "" : layout.lineBreak;
  return `${layout.lineBreak}---${layout.lineBreak}${rendered}${end}`;
}

/** An object on one line, in flow style. */
export function flowText(object: JsonObject): string {
  return renderFlow(object);
}
