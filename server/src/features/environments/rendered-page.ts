import { at, isObject } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import { isKustomizationFile } from "../../index/place.ts";
import type { Environment } from "../../index/types.ts";
import { renderBlock } from "../../yaml/render.ts";
import { cursorAt, resourceOf } from "../context.ts";
import type { Cursor, FileContext } from "../context.ts";
import { named } from "../describe.ts";
import { PageWriter } from "../page.ts";
import type { Page } from "../page.ts";

/** Which state of an object is wanted: in the environment of that name, as it is written, or in the active environment. */
export type RenderedState = { readonly environment: string } | "written" | "active";

/**
 * An object as it is applied, as YAML; at a kustomization all that it renders. The values of Secrets stay hidden.
 * `undefined` where no object stands.
 */
export function renderedPage(context: FileContext, offset: number, state: RenderedState): Page | undefined {
  const { environments } = context;
  const environment =
    typeof state === "object" ? environments.find(({ name }) => name === state.environment) : environments[0];
  if (environment === undefined) return undefined;
  if (isKustomizationFile(context.file)) return wholePage(environment);
  const cursor = cursorAt(context, offset);
  if (cursor?.subject === undefined) return undefined;
  if (state === "written") return writtenPage(cursor);
  const resource = resourceOf(environment, context.file, cursor.document, cursor.subject.facts);
  return resource === undefined ? undefined : objectPage(named(resource), [resource.object]);
}

function wholePage(environment: Environment): Page | undefined {
  if (environment.kind !== "kustomization") return undefined;
  return objectPage(
    environment.name.split("/").slice(-2).join("/"),
    environment.resources().map(({ object }) => object),
  );
}

/** The object of the file. A Secret is shown without its values, like a rendered one. */
function writtenPage({ document, subject }: Cursor): Page | undefined {
  if (subject === undefined) return undefined;
  const { facts, resource } = subject;
  const written = facts.kind === "Secret" ? facts.object : at(document.parsed?.value, ...facts.at);
  return isObject(written) ? objectPage(named(resource), [written]) : undefined;
}

function objectPage(title: string, objects: readonly JsonObject[]): Page {
  const layout = { lineBreak: "\n", step: 2, listStep: 2 };
  const writer = new PageWriter();
  for (const [index, object] of objects.entries()) {
    if (index > 0) writer.line("---");
    writer.line(renderBlock(object, 0, layout));
  }
  return writer.page(title);
}
