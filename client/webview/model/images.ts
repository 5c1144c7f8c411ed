import type { ScenarioResult } from "../../../server/src/protocol/webview.ts";
import { type ApiObject, listAt, textAt, withValue } from "./json.ts";

/** Images by the names of their containers. */
export type Images = Readonly<Record<string, string>>;

const containersPath = ["spec", "template", "spec", "containers"];

/** The workload with the images that are named; the others stay. */
export function withImages(workload: ApiObject, images: Images): ApiObject {
  const containers = listAt(workload, ...containersPath).map((container) => {
    const image = images[textAt(container, "name") ?? ""];
    return image === undefined || !isMap(container) ? container : { ...container, image };
  });
  return containers.length === 0 ? workload : withValue(workload, containersPath, containers);
}

/** The images that the manifest has now. */
export function writtenImages({ containers = [] }: ScenarioResult): Images {
  return Object.fromEntries(containers.map(({ name, image }) => [name, image]));
}

/** The typed images that differ from the manifest's: what "Write to manifest" writes. */
export function changedImages(result: ScenarioResult, images: Images): Images {
  const written = writtenImages(result);
  return Object.fromEntries(
    Object.entries(images).filter(([name, image]) => written[name] !== undefined && written[name] !== image),
  );
}

/** The objects of an update to typed images: a state before that was only told apart by its tag is the manifest's own then. */
export function imagesOfChange(
  { before, ...result }: ScenarioResult,
  images: Images,
): { readonly before: Images; readonly after: Images } {
  if (Object.keys(images).length === 0) return { before: {}, after: {} };
  const written = writtenImages({ before, ...result });
  const after = { ...written, ...images };
  return before.how === "same-object" ? { before: written, after } : { before: {}, after };
}

/** What a person reads of an update: the first container's image that changes, before and after. */
export function shownImages(result: ScenarioResult, images: Images): { readonly old: string; readonly new: string } {
  const { oldImage, newImage } = result.before;
  const { before, after } = imagesOfChange(result, images);
  const container = Object.keys(images)[0];
  if (container === undefined) return { old: oldImage, new: newImage };
  return { old: before[container] ?? oldImage, new: after[container] ?? newImage };
}

/** An image as the API takes it: some text without blanks. */
export function readImage(text: string): string | undefined {
  return /^\S+$/.test(text) ? text : undefined;
}

function isMap(value: ApiObject[string]): value is ApiObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
