import * as l10n from "@vscode/l10n";
import { at, scalarText } from "../../base/json.ts";
import type { Span } from "../../base/span.ts";
import { isKustomizationFile } from "../../index/place.ts";
import type { Environment, Resource } from "../../index/types.ts";
import { valueSpan } from "../../yaml/path.ts";
import { cursorAt } from "../context.ts";
import type { FileContext } from "../context.ts";
import { documentLinksOf } from "../document-links/document-links.ts";
import { touchedBy } from "../rendered.ts";
import type { Hover } from "./hover.ts";
import { bullets, code, linked, paragraphs } from "../markdown.ts";
import type { Linker } from "../markdown.ts";
import { shortName } from "./rendered.ts";

/** What an entry of a kustomization does in its active environment: the objects that a path brings, the values that everything else sets. */
export function kustomizationHover(context: FileContext, offset: number, link: Linker): Hover | undefined {
  const [environment] = context.environments;
  if (!isKustomizationFile(context.file) || environment?.kind !== "kustomization") return undefined;
  const paths = documentLinksOf(context, (file) => environment.files().includes(file));
  const path = paths.find(({ span }) => offset >= span.start && offset <= span.end);
  const brought = path === undefined ? [] : broughtBy(environment, path.target);
  if (path !== undefined && brought.length > 0)
    return {
      span: path.span,
      markdown: withTitle(
        environment,
        bullets(
          brought.map((resource) => linked(resource, link)),
          20,
        ),
      ),
    };
  const written = path === undefined ? [] : valuesOfFiles(environment, path.target, link);
  if (path !== undefined && written.length > 0)
    return { span: path.span, markdown: withTitle(environment, bullets(written, 20)) };
  const span = entryAt(context, offset);
  if (span === undefined) return undefined;
  const values = valuesFrom(environment, context.file, span, link);
  return values.length === 0 ? undefined : { span, markdown: withTitle(environment, bullets(values, 20)) };
}

function withTitle({ name }: Environment, list: string | undefined): string {
  return paragraphs(l10n.t("**In {0}**", shortName(name)), list);
}

/** Objects of a file, or of a folder whose kustomization it is. */
function broughtBy(environment: Environment, target: string): readonly Resource[] {
  const folder = isKustomizationFile(target) ? target.slice(0, target.lastIndexOf("/") + 1) : undefined;
  return environment
    .resources()
    .filter(({ file }) => (folder === undefined ? file === target : file.startsWith(folder)));
}

/** The entry of the list, or the value of the field, in which an offset lies. */
function entryAt(context: FileContext, offset: number): Span | undefined {
  const cursor = cursorAt(context, offset);
  if (cursor === undefined) return undefined;
  const { location, document } = cursor;
  const length = typeof location.path[1] === "number" ? 2 : 1;
  const span = valueSpan(document.parsed?.root ?? null, location.path.slice(0, length));
  return span === undefined
    ? undefined
    : { start: span.start + document.placed.start, end: span.end + document.placed.start };
}

/** What a patch sets, or the patches of a component. */
function valuesOfFiles(environment: Environment, target: string, link: Linker): readonly string[] {
  const folder = isKustomizationFile(target) ? target.slice(0, target.lastIndexOf("/") + 1) : undefined;
  const files = folder === undefined ? [target] : environment.files().filter((file) => file.startsWith(folder));
  return files.flatMap((file) => valuesFrom(environment, file, wholeFile, link));
}

const wholeFile: Span = { start: 0, end: Number.POSITIVE_INFINITY };

function valuesFrom(environment: Environment, file: string, span: Span, link: Linker): readonly string[] {
  return touchedBy(environment, file).flatMap((resource) =>
    resource.scalars.flatMap(({ path, origins: [origin] }) => {
      const isHere = origin?.file === file && origin.start >= span.start && origin.end <= span.end;
      const text = isHere ? scalarText(at(resource.object, ...path)) : undefined;
      return text === undefined ? [] : [`${linked(resource, link)}: ${code(`${path.join(".")}: ${text}`)}`];
    }),
  );
}
