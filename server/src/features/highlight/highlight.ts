import type { Span } from "../../base/span.ts";
import type { FileContext } from "../context.ts";
import { occurrencesAt, placesOf } from "../references/references.ts";

/** A place of the same file with the same thing. */
export interface Highlight {
  readonly span: Span;
  /** It gives the name rather than using it. */
  readonly isDeclaration: boolean;
}

/** Where else in the file the thing at an offset stands, this place included; in the active environment. */
export function highlightsAt(context: FileContext, offset: number): readonly Highlight[] {
  const textOf = (file: string): typeof context.read | undefined => (file === context.file ? context.read : undefined);
  const found = new Map<string, Highlight>();
  for (const occurrence of occurrencesAt({ ...context, environments: context.environments.slice(0, 1) }, offset)) {
    for (const { file, start, end } of placesOf([occurrence], textOf)) {
      const key = `${start} ${end}`;
      if (file !== context.file || found.has(key)) continue;
      found.set(key, { span: { start, end }, isDeclaration: occurrence.isDeclaration });
    }
  }
  return [...found.values()];
}
