import type { Span } from "../base/span.ts";
import { isBlank } from "./cursor.ts";

/**
 * A cheap look at a file's text before anything is parsed: whether Kubernetes objects (or a kustomization that says so) may
 * stand in it. Wants the keys `apiVersion` and `kind`, each at the start of a line or of a flow entry.
 */
export function looksLikeKubernetes(text: string): boolean {
  return hasKey(text, "kind", kindKey) && hasKey(text, "apiVersion", versionKey);
}

const kindKey = /(?:^|[\n\r{,])[ \t]*(?:-[ \t]+)*["']?kind["']?[ \t]*:/;
const versionKey = /(?:^|[\n\r{,])[ \t]*(?:-[ \t]+)*["']?apiVersion["']?[ \t]*:/;

function hasKey(text: string, name: string, pattern: RegExp): boolean {
  return text.includes(name) && pattern.test(text);
}

/**
 * The first line that git left to mark one side of a merge conflict, in a text that can't be read. Either side's line counts, for the
 * other one may stand behind a `---`; the line between the sides could also underline a heading.
 */
export function conflictMarker(text: string): Span | undefined {
  const found = /^(?:<{7}|>{7}) .*/m.exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].trimEnd().length };
}

/**
 * Whether the text is a template (Helm, Go) rather than YAML: an action `{{ … }}` stands for keys, values or lines. Actions
 * in quoted text, block scalars and comments are left alone: Prometheus rules and ApplicationSets have them there. Within
 * plain text an action counts when it speaks of Helm's objects.
 */
export function looksTemplated(text: string): boolean {
  return text.includes("{{") && new TemplateSearch().find(text);
}

/** Text within plain scalars that only Helm makes sense of. */
const helmAction =
  /\{\{-?[^}\n]*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|\b(?:include|tpl|toYaml) )/;

/** Goes through the lines, remembering the quoted text or block scalar that goes on. */
class TemplateSearch {
  /** The indentation of the line that opened a block scalar, -1 outside of one. */
  #block = -1;
  #quote = "";

  find(text: string): boolean {
    for (const line of text.split(/\r\n|[\n\r]/)) {
      if (this.#isTemplate(line)) return true;
    }
    return false;
  }

  #isTemplate(line: string): boolean {
    const indent = line.search(/\S/);
    if (indent < 0) return false;
    if (this.#block >= 0 && indent > this.#block) return false;
    this.#block = -1;
    if (this.#quote === "" && !/\{\{|["'|>]/.test(line)) return false;
    const plain = this.#withoutQuotes(line);
    const opensBlock = /(?:^|[:\-?][ \t]+)(?:[&!]\S*[ \t]+)*[|>][-+0-9]*[ \t]*(?:#.*)?$/.test(plain);
    if (opensBlock) this.#block = indent;
    return /(?:^|[:\-,[{?])[ \t]*\{\{/.test(plain) || helmAction.test(plain);
  }

  /** The line with quoted text emptied and without its comment. */
  #withoutQuotes(line: string): string {
    let plain = "";
    let before = "";
    for (let index = 0; index < line.length; index++) {
      const character = line.charAt(index);
      if (this.#quote !== "") {
        if (character === "\\" && this.#quote === '"') index++;
        else if (character === this.#quote) this.#quote = "";
      } else if (isQuote(character) && (before === "" || ":-,[{?(=".includes(before))) {
        this.#quote = character;
        before = character;
      } else if (character === "#" && (index === 0 || isBlank(line.charCodeAt(index - 1)))) {
        return plain;
      } else {
        plain += character;
        if (!isBlank(line.charCodeAt(index))) before = character;
      }
    }
    return plain;
  }
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}
