import * as l10n from "@vscode/l10n";
import { labelsText } from "../describe.ts";
import { reasonText } from "../environments/reason.ts";
import { secondsText, summaryText } from "../simulation/rollout-report.ts";
import { fullName } from "./objects.ts";
import type { ObjectReview } from "./objects.ts";
import type { Difference, EnvironmentReview, RefusalReview, RolloutReview, ServiceReview } from "./review.ts";

/** How a review is laid out: plain for a terminal, Markdown for a pull request. */
export interface ReviewStyle {
  readonly heading: (text: string) => string;
  readonly item: (text: string) => string;
  readonly detail: (text: string) => string;
  readonly name: (text: string) => string;
}

export const plainStyle: ReviewStyle = {
  heading: (text) => text,
  item: (text) => `  ${text}`,
  detail: (text) => `      ${text}`,
  name: (text) => text,
};

export const markdownStyle: ReviewStyle = {
  heading: (text) => `### ${text}\n`,
  item: (text) => `- ${text}`,
  detail: (text) => `  - ${text}`,
  name: (text) => `\`${text}\``,
};

/** A review as text; says so when the change does nothing. */
export function reviewText(review: readonly EnvironmentReview[], style: ReviewStyle): string {
  if (review.length === 0) return `${l10n.t("Nothing changes in what the cluster does.")}\n`;
  return `${review.map((each) => environmentText(each, style)).join("\n\n")}\n`;
}

function environmentText(review: EnvironmentReview, style: ReviewStyle): string {
  const { change, unseen, objects, services, rollouts, refusals } = review;
  return [
    style.heading(titleOf(review)),
    ...unseen.before.map((reason) => style.item(l10n.t("Not all is known of what was: {0}", reasonText(reason)))),
    ...unseen.after.map((reason) => style.item(l10n.t("Not all is known of what will be: {0}", reasonText(reason)))),
    ...refusals.flatMap((refusal) => refusalLines(refusal, style)),
    ...services.flatMap((service) => serviceLines(service, style)),
    ...rollouts.flatMap((rollout) => rolloutLines(rollout, style)),
    // Of an environment that comes or goes as a whole every object does the same.
    ...(change === "changed" ? objects.map((object) => style.item(objectText(object, style))) : []),
  ].join("\n");
}

function titleOf({ environment, change }: EnvironmentReview): string {
  const name = environment === "" ? "." : environment;
  switch (change) {
    case "added":
      return l10n.t("Environment {0} is new", name);
    case "removed":
      return l10n.t("Environment {0} goes", name);
    case "changed":
      return l10n.t("Environment {0}", name);
  }
}

function objectText(review: ObjectReview, style: ReviewStyle): string {
  const { change, was, replicas } = review;
  const name = style.name(fullName(review));
  switch (change) {
    case "added":
      return l10n.t("{0} is new", name);
    case "removed":
      return l10n.t("{0} goes: apply leaves it in the cluster unless it prunes", name);
    case "renamed":
      return l10n.t("{0} has new contents: it takes the place of {1}", name, style.name(was ?? ""));
    case "scaled":
      return l10n.t("{0}: {1} → {2} replicas", name, replicas?.before ?? 0, replicas?.after ?? 0);
  }
}

function refusalLines(review: RefusalReview, style: ReviewStyle): readonly string[] {
  const { field, message } = review;
  const name = style.name(fullName(review));
  return [
    style.item(l10n.t("{0}: the API server refuses the change; the object must be deleted and made anew", name)),
    style.detail(`${field}: ${message}`),
  ];
}

function serviceLines(
  { namespace, name, change, workloads, pods, ports, names, selector }: ServiceReview,
  style: ReviewStyle,
): readonly string[] {
  const service = style.name(`${namespace}/${name}`);
  const lines = [style.item(changeText(change, service))];
  if (pods.before !== pods.after) lines.push(style.detail(l10n.t("pods: {0} → {1}", pods.before, pods.after)));
  lines.push(
    ...differenceLines(l10n.t("workloads"), workloads, style),
    ...differenceLines(l10n.t("ports"), ports, style),
    ...differenceLines("DNS", names, style),
  );
  if (selector !== undefined && change === "changed") {
    lines.push(
      style.detail(l10n.t("selector: {0} → {1}", labelsText(selector.before ?? {}), labelsText(selector.after ?? {}))),
    );
  }
  return lines;
}

function changeText(change: ServiceReview["change"], service: string): string {
  switch (change) {
    case "added":
      return l10n.t("Service {0} is new", service);
    case "removed":
      return l10n.t("Service {0} goes", service);
    case "changed":
      return l10n.t("Service {0} changes", service);
  }
}

function differenceLines(what: string, { lost, gained }: Difference, style: ReviewStyle): readonly string[] {
  return [
    ...lost.map((each) => style.detail(l10n.t("{0}: loses {1}", what, style.name(each)))),
    ...gained.map((each) => style.detail(l10n.t("{0}: gains {1}", what, style.name(each)))),
  ];
}

function rolloutLines(
  { workload, namespace, strategy, oldImage, newImage, fenceposts, summary }: RolloutReview,
  style: ReviewStyle,
): readonly string[] {
  const name = style.name(`${namespace}/${workload}`);
  const images =
    oldImage === newImage ? [] : [style.detail(l10n.t("image: {0} → {1}", style.name(oldImage), style.name(newImage)))];
  return [
    style.item(l10n.t("{0} is rolled out ({1}, about {2})", name, strategy, secondsText(summary.durationMs))),
    ...images,
    style.detail(
      l10n.t(
        "at most {0} pods, at least {1} of {2} available",
        fenceposts.maxPods,
        fenceposts.minAvailable,
        fenceposts.replicas,
      ),
    ),
    style.detail(summaryText(summary)),
  ];
}
