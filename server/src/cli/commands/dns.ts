import * as l10n from "@vscode/l10n";
import type { Environment } from "../../index/types.ts";
import { dnsRecords } from "../../resolve/dns.ts";
import type { DnsRecord } from "../../resolve/types.ts";
import type { Command } from "../command.ts";
import { compareTexts, isMeant } from "../name.ts";
import { writeJson } from "../output.ts";
import { eachEnvironment, environmentName, loadWorld } from "../world.ts";

/** `drydock dns`: every record that the cluster's DNS would answer. */
export const dns: Command = {
  shape: { takesName: "optional", formats: ["text", "json"], options: [] },
  run(options, terminal) {
    const world = loadWorld(options);
    const found = [
      ...eachEnvironment(world, (environment) =>
        dnsRecords(environment, options).map((record) => ({ environment, record })),
      ),
    ]
      .filter(({ record }) => isMeant(record.source, options))
      .sort(compareRecords);
    if (options.format === "json") writeJson(terminal, { version: 1, records: found.map(recordJson) });
    else terminal.write(tableOf(found.map(({ record }) => record)));
    return {
      notices: world.notices,
      status: options.name !== undefined && found.length === 0 ? 1 : 0,
      missing: l10n.t("there is no Service {0}", options.name ?? ""),
    };
  },
};

interface Found {
  readonly environment: Environment;
  readonly record: DnsRecord;
}

function compareRecords(a: Found, b: Found): number {
  return (
    compareTexts(a.record.name, b.record.name) ||
    compareTexts(a.record.type, b.record.type) ||
    compareTexts(a.environment.name, b.environment.name)
  );
}

function recordJson({ environment, record: { name, type, values, source } }: Found) {
  const { kind, namespace, name: service } = source;
  return { name, type, values, source: { kind, namespace, name: service }, environment: environmentName(environment) };
}

function tableOf(records: readonly DnsRecord[]): string {
  const width = Math.max(0, ...records.map(({ name }) => name.length));
  const rows = records.flatMap(({ name, type, values }) =>
    values.map((value) => `${name.padEnd(width)}  ${type.padEnd(5)}  ${value}`),
  );
  return rows.map((row) => `${row}\n`).join("");
}
