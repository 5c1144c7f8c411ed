import { Index } from "../../server/src/index/index.ts";
import type { FileId } from "../../server/src/index/types.ts";
import { factsOf } from "../../server/src/model/read.ts";

/** An index of files given as texts. */
export function indexOf(files: Readonly<Record<FileId, string>>): Index {
  return Index.empty.apply(Object.entries(files).map(([file, text]) => ({ file, facts: factsOf(text) }))).index;
}

/** A manifest in one line of flow style. */
export function manifest(apiVersion: string, kind: string, metadata: object, rest: object = {}): string {
  return `${JSON.stringify({ apiVersion, kind, metadata, ...rest })}\n`;
}

/** A Deployment whose pods have these labels. */
export function deployment(
  name: string,
  labels: Readonly<Record<string, string>>,
  more: {
    readonly namespace?: string;
    readonly replicas?: number;
    readonly containers?: readonly object[];
    readonly ownLabels?: object;
  } = {},
): string {
  const { namespace, replicas = 1, containers = [{ name: "app", image: "app" }], ownLabels } = more;
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(ownLabels === undefined ? {} : { labels: ownLabels }),
  };
  return manifest("apps/v1", "Deployment", metadata, {
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  });
}

/** A Service with this selector. */
export function service(
  name: string,
  selector: object | undefined,
  more: { readonly namespace?: string; readonly spec?: object } = {},
): string {
  const { namespace, spec = { ports: [{ port: 80 }] } } = more;
  return manifest(
    "v1",
    "Service",
    { name, ...(namespace === undefined ? {} : { namespace }) },
    { spec: { ...(selector === undefined ? {} : { selector }), ...spec } },
  );
}
