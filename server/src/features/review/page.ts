import * as l10n from "@vscode/l10n";
import type { Resource } from "../../index/types.ts";
import { PageWriter } from "../page.ts";
import type { LinkedWords, Page } from "../page.ts";
import { fullName } from "./objects.ts";
import type { EnvironmentReview } from "./review.ts";
import { markdownStyle, reviewText } from "./text.ts";

/** A review as a page whose objects are links into the manifests. */
export function reviewPage(base: string, review: readonly EnvironmentReview[]): Page {
  const title = l10n.t("Changes against {0}", base);
  const writer = new PageWriter().line(`# ${title}`).blank();
  const links = linksOf(review);
  for (const line of reviewText(review, markdownStyle).split("\n")) {
    writer.line(line, ...links.filter(({ words }) => line.startsWith("- ") && line.includes(words)));
  }
  return writer.page(title);
}

function linksOf(review: readonly EnvironmentReview[]): readonly LinkedWords[] {
  return review.flatMap(({ objects, services, rollouts, refusals }) => [
    ...objects.filter(({ change }) => change !== "removed").map((each) => linkTo(fullName(each), each.resource)),
    ...services
      .filter(({ change }) => change !== "removed")
      .map(({ namespace, name, resource }) => linkTo(`${namespace}/${name}`, resource)),
    ...rollouts.map(({ namespace, workload, resource }) => linkTo(`${namespace}/${workload}`, resource)),
    ...refusals.map((each) => linkTo(fullName(each), each.resource)),
  ]);
}

function linkTo(name: string, { place }: Resource): LinkedWords {
  return { words: `\`${name}\``, place };
}
