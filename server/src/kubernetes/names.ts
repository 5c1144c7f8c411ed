/**
 * The syntax checks of names, labels and the like. Each returns the API server's messages in its order, none for a valid text.
 * Lengths count UTF-8 bytes, whatever the message says.
 */

import { byteLength } from "./go-text.ts";

type Messages = readonly string[];

/** A pattern with the text that messages quote. */
interface Format {
  readonly text: string;
  readonly pattern: RegExp;
}

function format(text: string): Format {
  return { text, pattern: new RegExp(`^(?:${text})$`) };
}

const dns1123Label = format("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
const dns1123LabelWithUnderscore = format("_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
const dns1123Subdomain = joinedByDots(dns1123Label);
const dns1123SubdomainWithUnderscore = joinedByDots(dns1123LabelWithUnderscore);
const dns1035Label = format("[a-z]([-a-z0-9]*[a-z0-9])?");
const wildcardSubdomain = format(`\\*\\.${dns1123Subdomain.text}`);
const qualifiedName = format("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
const labelValue = format(`(${qualifiedName.text})?`);
const environmentVariableName = format("[-._a-zA-Z][-._a-zA-Z0-9]*");
const configMapKey = format("[-._a-zA-Z0-9]+");
const httpHeaderName = format("[-A-Za-z0-9]+");
const percent = format("[0-9]+%");

function joinedByDots(label: Format): Format {
  return format(`${label.text}(\\.${label.text})*`);
}

const maxLabelLength = 63;
const maxSubdomainLength = 253;
const maxPortNameLength = 15;

/** A DNS label as RFC 1123 has it: most names (apimachinery, util/validation/validation.go, IsDNS1123Label, v1.36). */
export function checkDns1123Label(value: string): Messages {
  const messages = checkLength(value, maxLabelLength);
  if (dns1123Label.pattern.test(value)) return messages;
  if (dns1123Subdomain.pattern.test(value)) return [...messages, "must not contain dots"];
  const message =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...messages, formatMessage(message, dns1123Label.text, "my-name", "123-abc")];
}

/** DNS labels joined by dots (validation.go, IsDNS1123Subdomain, v1.36). */
export function checkDns1123Subdomain(value: string): Messages {
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return checkFormat(value, maxSubdomainLength, dns1123Subdomain, message, "example.com");
}

/** A subdomain whose labels may start with and contain underscores (validation.go, IsDNS1123SubdomainWithUnderscore, v1.36). */
export function checkDns1123SubdomainWithUnderscore(value: string): Messages {
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
  return checkFormat(value, maxSubdomainLength, dns1123SubdomainWithUnderscore, message, "example.com");
}

/** A DNS label that starts with a letter: Service names up to 1.35 (validation.go, IsDNS1035Label, v1.36). */
export function checkDns1035Label(value: string): Messages {
  const message =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return checkFormat(value, maxLabelLength, dns1035Label, message, "my-name", "abc-123");
}

/** `*.` and a subdomain: hosts of Ingresses (validation.go, IsWildcardDNS1123Subdomain, v1.36). */
export function checkWildcardDns1123Subdomain(value: string): Messages {
  const message =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return checkFormat(value, maxSubdomainLength, wildcardSubdomain, message, "*.example.com");
}

/** A key of labels, annotations and selectors: a name with an optional DNS prefix (api/validate/content/kube.go, IsLabelKey, v1.36). */
export function checkQualifiedName(value: string): Messages {
  const parts = value.split("/");
  if (parts.length > 2) {
    const message = `a valid label key ${nameCharacters}`;
    const characters = formatMessage(message, qualifiedName.text, ...qualifiedNameExamples);
    return [`${characters} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const [name = "", prefix] = parts.toReversed();
  return [...(prefix === undefined ? [] : checkPrefixPart(prefix)), ...checkNamePart(name)];
}

const nameCharacters =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const qualifiedNameExamples = ["MyName", "my.name", "123-abc"] as const;

function checkPrefixPart(prefix: string): Messages {
  if (prefix === "") return ["prefix part must be non-empty"];
  const messages = byteLength(prefix) > maxSubdomainLength ? [tooManyBytes(maxSubdomainLength)] : [];
  const others = checkDns1123Subdomain(prefix).filter((message) => message !== tooManyCharacters(maxSubdomainLength));
  return [...messages, ...others].map((message) => `prefix part ${message}`);
}

function checkNamePart(name: string): Messages {
  const messages: string[] = [];
  if (name === "") messages.push("name part must be non-empty");
  if (byteLength(name) > maxLabelLength) messages.push(`name part ${tooManyBytes(maxLabelLength)}`);
  if (!qualifiedName.pattern.test(name)) {
    messages.push(formatMessage(`name part ${nameCharacters}`, qualifiedName.text, ...qualifiedNameExamples));
  }
  return messages;
}

/** The value of a label, which may be empty (api/validate/content/kube.go, IsLabelValue, v1.36). */
export function checkLabelValue(value: string): Messages {
  const messages = byteLength(value) > maxLabelLength ? [tooManyBytes(maxLabelLength)] : [];
  if (labelValue.pattern.test(value)) return messages;
  const message =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...messages, formatMessage(message, labelValue.text, "MyValue", "my_value", "12345")];
}

/** The name of a container's or Service's port (validation.go, IsValidPortName, v1.36). */
export function checkPortName(value: string): Messages {
  const messages = [...checkLength(value, maxPortNameLength)];
  if (!/^[-a-z0-9]+$/.test(value)) {
    messages.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  }
  if (!/[a-z]/.test(value)) messages.push("must contain at least one letter (a-z)");
  if (value.includes("--")) messages.push("must not contain consecutive hyphens");
  if (value.startsWith("-") || value.endsWith("-")) messages.push("must not begin or end with a hyphen");
  return messages;
}

/** A port number, 1 to 65535 (validation.go, IsValidPortNum, v1.36). */
export function checkPortNumber(value: number): Messages {
  return checkRange(value, 1, 65535);
}

/** A number in an inclusive range (validation.go, IsInRange, v1.36). */
export function checkRange(value: number, min: number, max: number): Messages {
  return value >= min && value <= max ? [] : [`must be between ${min} and ${max}, inclusive`];
}

/** The name of an environment variable as it was checked before 1.34 (validation.go, IsEnvVarName, v1.36). */
export function checkStrictEnvironmentVariableName(value: string): Messages {
  const message =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const examples = ["my.env-name", "MY_ENV.NAME", "MyEnvName1"] as const;
  const messages = environmentVariableName.pattern.test(value)
    ? []
    : [formatMessage(message, environmentVariableName.text, ...examples)];
  return [...messages, ...checkDotsPrefix(value)];
}

/** The name of an environment variable: any printable ASCII but "=" (validation.go, IsRelaxedEnvVarName, v1.36). */
export function checkEnvironmentVariableName(value: string): Messages {
  if (value === "") return ["environment variable name must be non-empty"];
  if (/^[ -<>-~]+$/.test(value)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** A key of a ConfigMap or Secret, which becomes a file name (validation.go, IsConfigMapKey, v1.36). */
export function checkConfigMapKey(value: string): Messages {
  const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  const examples = ["key.name", "KEY_NAME", "key-name"] as const;
  return [...checkFormat(value, maxSubdomainLength, configMapKey, message, ...examples), ...checkDotsPrefix(value)];
}

/** The name of an HTTP header of a probe (validation.go, IsHTTPHeaderName, v1.36). */
export function checkHttpHeaderName(value: string): Messages {
  if (httpHeaderName.pattern.test(value)) return [];
  const message = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [formatMessage(message, httpHeaderName.text, "X-Header-Name")];
}

/** Digits and a percent sign (validation.go, IsValidPercent, v1.36). */
export function checkPercent(value: string): Messages {
  if (percent.pattern.test(value)) return [];
  const message = "a valid percent string must be a numeric string followed by an ending '%'";
  return [formatMessage(message, percent.text, "1%", "93%")];
}

/** The message of a text that a pattern refuses, with examples (validation.go, RegexError, v1.36). */
export function formatMessage(message: string, pattern: string, ...examples: readonly string[]): string {
  const ending = `regex used for validation is '${pattern}')`;
  if (examples.length === 0) return `${message} (${ending}`;
  const quoted = examples.map((example) => `'${example}', `).join(" or ");
  return `${message} (e.g. ${quoted}${ending}`;
}

/** The message of a text that is too long (validation.go, MaxLenError, v1.36). */
export function tooManyCharacters(length: number): string {
  return `must be no more than ${length} characters`;
}

/** The same in the newer checks of labels (api/validate/content/errors.go, MaxLenError, v1.36). */
function tooManyBytes(length: number): string {
  return `must be no more than ${length} bytes`;
}

function checkFormat(
  value: string,
  maxLength: number,
  wanted: Format,
  message: string,
  ...examples: readonly string[]
): Messages {
  const messages = checkLength(value, maxLength);
  return wanted.pattern.test(value) ? messages : [...messages, formatMessage(message, wanted.text, ...examples)];
}

function checkLength(value: string, maxLength: number): Messages {
  return byteLength(value) > maxLength ? [tooManyCharacters(maxLength)] : [];
}

/** File names that would lead out of a directory (validation.go, hasChDirPrefix, v1.36). */
function checkDotsPrefix(value: string): Messages {
  if (value === "." || value === "..") return [`must not be '${value}'`];
  return value.startsWith("..") ? ["must not start with '..'"] : [];
}
