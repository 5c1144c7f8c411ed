import type { Place, Resource } from "../index/types.ts";
import { named } from "./describe.ts";

/** A text that people read in an editor, with places to go to. Reads as Markdown too. */
export interface Page {
  readonly title: string;
  readonly text: string;
  readonly links: readonly PageLink[];
}

/** A piece of a page's text (offsets, UTF-16 units) that leads to a place. */
export interface PageLink {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/** Words of a line that lead to a place. */
export interface LinkedWords {
  readonly words: string;
  readonly place: Place;
}

/** The name of an object as a link to it. */
export function linkTo(resource: Resource): LinkedWords {
  return { words: named(resource), place: resource.place };
}

/** Puts a page together line by line. */
export class PageWriter {
  #text = "";
  readonly #links: PageLink[] = [];

  /** A line; the first occurrence of the words of each link, behind those of the link before, becomes one. */
  line(text = "", ...links: readonly LinkedWords[]): this {
    let from = 0;
    for (const { words, place } of links) {
      const start = text.indexOf(words, from);
      if (start < 0) continue;
      from = start + words.length;
      this.#links.push({ start: this.#text.length + start, end: this.#text.length + from, place });
    }
    this.#text += `${text}\n`;
    return this;
  }

  heading(level: number, text: string, ...links: readonly LinkedWords[]): this {
    return this.blank()
      .line(`${"#".repeat(level)} ${text}`, ...links)
      .blank();
  }

  /** An empty line, unless the page begins here or there is one already. */
  blank(): this {
    if (this.#text !== "" && !this.#text.endsWith("\n\n")) this.#text += "\n";
    return this;
  }

  page(title: string): Page {
    return { title, text: `${this.#text.trimEnd()}\n`, links: this.#links };
  }
}
