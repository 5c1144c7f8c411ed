import { numberAt, textAt } from "../../../../server/src/base/json.ts";
import { invalidValueText } from "../../../../server/src/kubernetes/field-error-text.ts";
import * as ip from "../../../../server/src/kubernetes/ip-checks.ts";
import * as names from "../../../../server/src/kubernetes/names.ts";
import * as qualified from "../../../../server/src/kubernetes/qualified-names.ts";
import type { NameProblem } from "../../../../server/src/kubernetes/qualified-names.ts";
import type { FunctionAnswers } from "./answer.ts";

type Check = (value: string) => readonly string[];

const plain: Readonly<Record<string, Check>> = {
  IsDNS1123Label: names.checkDns1123Label,
  IsDNS1123Subdomain: names.checkDns1123Subdomain,
  IsDNS1123SubdomainWithUnderscore: names.checkDns1123SubdomainWithUnderscore,
  IsDNS1035Label: names.checkDns1035Label,
  IsQualifiedName: names.checkQualifiedName,
  IsValidLabelValue: names.checkLabelValue,
  IsValidPortName: names.checkPortName,
  IsEnvVarName: names.checkStrictEnvironmentVariableName,
  IsRelaxedEnvVarName: names.checkEnvironmentVariableName,
  IsConfigMapKey: names.checkConfigMapKey,
  IsHTTPHeaderName: names.checkHttpHeaderName,
  IsWildcardDNS1123Subdomain: names.checkWildcardDns1123Subdomain,
  IsValidPercent: names.checkPercent,
  IsFullyQualifiedName: (value) => qualified.checkFullyQualifiedName(value).map(problemText),
  IsFullyQualifiedDomainName: (value) => qualified.checkFullyQualifiedDomainName(value).map(problemText),
  IsDomainPrefixedPath: (value) => qualified.checkDomainPrefixedPath(value).map(problemText),
  IsValidIP: inField(ip.checkIp),
  "IsValidIPForLegacyField (not strict)": inField((value) => ip.checkLegacyIp(value, false)),
  "IsValidIPForLegacyField (strict)": inField((value) => ip.checkLegacyIp(value)),
  IsValidCIDR: inField(ip.checkCidr),
  "IsValidCIDRForLegacyField (not strict)": inField((value) => ip.checkLegacyCidr(value, false)),
  "IsValidCIDRForLegacyField (strict)": inField((value) => ip.checkLegacyCidr(value)),
  IsValidInterfaceAddress: inField(ip.checkInterfaceAddress),
};

export const nameAnswers: FunctionAnswers = {
  ...Object.fromEntries(
    Object.entries(plain).map(([name, check]) => [
      `validation.${name}`,
      (input) => ({ out: [...check(textAt(input, "value") ?? "")] }),
    ]),
  ),
  "validation.IsValidPortNum": (input) => ({ out: [...names.checkPortNumber(numberAt(input, "value") ?? 0)] }),
};

function inField(check: Check): Check {
  return (value) => check(value).map((detail) => invalidValueText("field", value, detail));
}

function problemText(problem: NameProblem): string {
  return problem.type === "required"
    ? "field: Required value"
    : invalidValueText("field", problem.value, problem.detail);
}
