import * as l10n from "@vscode/l10n";
import type { BalanceResult } from "../../simulation/proxy/balance-types.ts";
import { escaped, paragraphs } from "../markdown.ts";
import type { RolloutReport } from "./rollout-report.ts";
import { aligned, markdownTable } from "./tables.ts";

const columns = (): readonly string[] => [
  l10n.t("at"),
  l10n.t("event"),
  l10n.t("old"),
  l10n.t("new"),
  l10n.t("available"),
  l10n.t("why"),
];

function cells({ rows }: RolloutReport): readonly (readonly string[])[] {
  return rows.map(({ time, message, old, new: fresh, available, why }) => [time, message, old, fresh, available, why]);
}

/** A rollout for a terminal: the lines of `kubectl rollout status`, then a table of the steps. */
export function rolloutText(report: RolloutReport): string {
  const statuses = report.rows
    .map(({ status }) => status.trimEnd())
    .filter((status, index, all) => status !== "" && status !== all[index - 1]);
  if (report.status !== "" && statuses.at(-1) !== report.status) statuses.push(report.status);
  const table = report.rows.length === 0 ? [] : aligned([columns(), ...cells(report)]);
  return `${paragraphs(lines(report.title, report.bounds), lines(...statuses), lines(...table), report.summary)}\n`;
}

/** The same for a pull request or a document. */
export function rolloutMarkdown(report: RolloutReport): string {
  const status = report.status === "" ? [] : ["```", report.status, "```"];
  const table = report.rows.length === 0 ? [] : markdownTable(columns(), cells(report));
  const texts = [`### ${escaped(report.title)}`, escaped(report.bounds), escaped(report.summary)];
  return `${paragraphs(...texts, lines(...table), lines(...status))}\n`;
}

function lines(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n");
}

/** How requests spread, for a terminal. */
export function balanceText(result: BalanceResult): string {
  const table = result.endpoints.length === 0 ? [] : aligned([balanceColumns(), ...balanceCells(result)]);
  const head = lines(balanceTitle(result), result.explanation);
  return `${paragraphs(head, lines(...table), lines(...lostLines(result)))}\n`;
}

/** The same for a pull request or a document. */
export function balanceMarkdown(result: BalanceResult): string {
  const table = result.endpoints.length === 0 ? [] : markdownTable(balanceColumns(), balanceCells(result));
  const texts = [`### ${escaped(balanceTitle(result))}`, escaped(result.explanation)];
  return `${paragraphs(...texts, lines(...table), lines(...lostLines(result)))}\n`;
}

/** `shop/web · nftables · 10000 requests (seed 1)`. */
export function balanceTitle({ service, proxy, scheduler, requests, seed }: BalanceResult): string {
  return l10n.t(
    "{0} · {1} · {2} requests (seed {3})",
    service,
    scheduler === null ? proxy : `${proxy} ${scheduler}`,
    requests,
    seed,
  );
}

const balanceColumns = (): readonly string[] => [
  l10n.t("pod"),
  l10n.t("node"),
  l10n.t("of"),
  l10n.t("state"),
  l10n.t("exact share"),
  l10n.t("requests"),
];

function balanceCells({ endpoints }: BalanceResult): readonly (readonly string[])[] {
  return endpoints.map(({ pod, address, node, workload, state, expectedShare, requests }) => [
    pod ?? address,
    node ?? "",
    workload ?? "",
    state,
    shareText(expectedShare),
    String(requests),
  ]);
}

/** `1/3 = 33.3 %`. */
export function shareText({
  numerator,
  denominator,
}: {
  readonly numerator: number;
  readonly denominator: number;
}): string {
  return numerator === 0 ? "0" : `${numerator}/${denominator} = ${((100 * numerator) / denominator).toFixed(1)} %`;
}

function lostLines({ rejected, dropped, reset, port }: BalanceResult): readonly string[] {
  return [
    ...(rejected > 0 && port !== null ? [l10n.t("{0} refused: there is no endpoint", rejected)] : []),
    ...(dropped > 0 ? [l10n.t("{0} dropped without any answer", dropped)] : []),
    ...(reset > 0 ? [l10n.t("{0} connections broke because their pod ended", reset)] : []),
  ];
}
