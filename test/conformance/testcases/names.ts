import * as names from "../../../server/src/kubernetes/names.ts";
import { checkFullyQualifiedDomainName } from "../../../server/src/kubernetes/qualified-names.ts";
import type { CaseOutcome, TestcaseRow, Topics } from "../testcase.ts";

type Check = (value: string) => readonly unknown[];

const checks: Readonly<Record<string, Check>> = {
  dns1123Label: names.checkDns1123Label,
  dns1123Subdomain: names.checkDns1123Subdomain,
  dns1035Label: names.checkDns1035Label,
  portNumber: (value) => names.checkPortNumber(Number(value)),
  portName: names.checkPortName,
  "qualifiedName (label/annotation key)": names.checkQualifiedName,
  labelValue: names.checkLabelValue,
  httpHeaderName: names.checkHttpHeaderName,
  percent: names.checkPercent,
  configMapKey: names.checkConfigMapKey,
  wildcardDNS1123Subdomain: names.checkWildcardDns1123Subdomain,
  fqdn: checkFullyQualifiedDomainName,
  "envVarName (relaxed)": names.checkEnvironmentVariableName,
};

/** One row per validator and verdict, which holds for all of its values. */
export const topics: Topics = { names: checkNames };

function checkNames(row: TestcaseRow): CaseOutcome {
  const { validator, values } = row.inputs as { validator: string; values: readonly (string | number)[] };
  const { valid } = row.expected as { valid: boolean };
  const check = checks[validator];
  if (check === undefined) return { agreed: false, found: `no validator ${validator}` };
  const wrong = values.filter((value) => (check(String(value)).length === 0) !== valid);
  return { agreed: wrong.length === 0, found: { [valid ? "refused" : "accepted"]: wrong } };
}
