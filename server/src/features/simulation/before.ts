import type { JsonObject } from "../../base/json.ts";
import { Index } from "../../index/index.ts";
import type { Resource } from "../../index/types.ts";
import { readFile } from "../../model/read.ts";

/** An object as another text of its file defines it: the text as committed, or the file that the person chose. */
export function objectIn(text: string, { group, kind, name, writtenNamespace }: Resource): JsonObject | undefined {
  const { facts } = readFile(text);
  const { index } = Index.empty.apply([{ file: "before.yaml", facts }]);
  return index
    .file("before.yaml")
    ?.resources.find(
      (each) =>
        each.group === group &&
        each.kind === kind &&
        each.name === name &&
        (each.writtenNamespace ?? writtenNamespace) === writtenNamespace,
    )?.object;
}
