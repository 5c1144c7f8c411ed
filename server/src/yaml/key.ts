import type { YamlNode, YamlScalar } from "./node.ts";
import { isIntegerText } from "./resolve.ts";

/** The text that a key becomes in JSON, `""` for a map or list. sigs.k8s.io/yaml, yaml.go, convertToJSONableObject, v1.6.0. */
export function keyName(key: YamlNode): string {
  if (key.type === "alias") return key.target === null ? "" : keyName(key.target);
  if (key.type !== "scalar") return "";
  const value = key.value;
  if (typeof value === "string") return value;
  return typeof value === "number" && !isIntegerText(key.text) ? formatFloat(value) : String(value);
}

/** A merge key: `<<` without quotes. go-yaml v2, decode.go, isMerge, v2.4.3. */
export function isMergeKey(key: YamlNode): boolean {
  if (key.type !== "scalar" || key.text !== "<<") return false;
  return isImplicit(key) || key.tag === "!!merge";
}

function isImplicit(scalar: YamlScalar): boolean {
  return scalar.tag === undefined ? scalar.style === "plain" : scalar.tag === "!";
}

/** A float as Go's strconv.FormatFloat(value, 'g', -1, 32) prints it. */
function formatFloat(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (single === 0) return Object.is(single, -0) ? "-0" : "0";
  const [mantissa = "0", exponentText = "0"] = shortestSingle(single).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(Number(`${mantissa}e${exponentText}`));
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
}

/** The shortest decimal in scientific notation that is the same float32. */
function shortestSingle(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return single.toExponential(9);
}
