import { fileText, readSettings } from "../documents.ts";
import { refuse } from "../failure.ts";
import { isMissing, Node } from "../tree/node.ts";
import { decode } from "./shape.ts";
import { kustomizationShape } from "./shapes.ts";

/** The decoded settings of a kustomization file; unknown fields and wrong types are refused. kustomize api, types/kustomization.go, Unmarshal, v0.21.2. */
export function readKustomizationSettings(file: string, text: string): Node {
  const fail = (message: string, at: Node["origin"]): never =>
    refuse("invalid-kustomization", `invalid Kustomization: ${message}`, at ?? { file, span: { start: 0, end: 0 } });
  const node = readSettings(fileText(file, text), fail);
  if (isMissing(node)) return Node.map({ file, span: { start: 0, end: text.length } });
  return decode(node, kustomizationShape, { strict: true, fail });
}
