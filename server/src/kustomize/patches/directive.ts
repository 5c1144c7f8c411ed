import { refuse } from "../failure.ts";
import { clear, field } from "../tree/fields.ts";
import type { Node } from "../tree/node.ts";
import { setItem } from "./items.ts";

export type Directive = "merge" | "replace" | "delete";

const directiveKey = "$patch";

/** The directive of a patch's map or list (`$patch: delete`), which is taken out of it. kyaml, yaml/merge2/smpdirective.go, v0.21.2. */
export function takeDirective(patch: Node): Directive {
  return patch.kind === "list" ? takeFromList(patch) : takeFromMap(patch);
}

function takeFromMap(patch: Node): Directive {
  const found = field(patch, directiveKey);
  if (found === undefined) return "merge";
  const directive = knownDirective(found);
  clear(patch, directiveKey);
  return directive;
}

/** Only an item that holds nothing else speaks for the list. */
function takeFromList(patch: Node): Directive {
  const item = patch.items.find((candidate) => field(candidate, directiveKey) !== undefined);
  const found = item?.entries.length === 1 ? field(item, directiveKey) : undefined;
  if (found === undefined) return "merge";
  const directive = knownDirective(found);
  setItem(patch, undefined, [directiveKey], [found.text]);
  return directive;
}

function knownDirective(node: Node): Directive {
  const { text } = node;
  if (text === "delete" || text === "replace" || text === "merge") return text;
  return refuse("patch-fails", `unknown patch strategy '${text}'`, node.origin);
}
