/** Checks of names that carry a domain: finalizers, signers, resource and ingress class controllers. */

import { checkDns1123Label, checkDns1123Subdomain, formatMessage } from "./names.ts";

/** What is wrong with a part of a field's text; a missing text is `required`. */
export type NameProblem =
  { readonly type: "required" } | { readonly type: "invalid"; readonly value: string; readonly detail: string };

const httpPathFormat = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

/** A domain of three segments or more (apimachinery, util/validation/validation.go, IsFullyQualifiedName, v1.36). */
export function checkFullyQualifiedName(name: string): readonly NameProblem[] {
  if (name === "") return [{ type: "required" }];
  const messages = checkDns1123Subdomain(name);
  if (messages.length > 0) return [invalid(name, messages.join(","))];
  if (name.split(".").length >= 3) return [];
  return [invalid(name, "should be a domain with at least three segments separated by dots")];
}

/** A domain of two labels or more, one trailing dot allowed (validation.go, IsFullyQualifiedDomainName, v1.36). */
export function checkFullyQualifiedDomainName(text: string): readonly NameProblem[] {
  if (text === "") return [{ type: "required" }];
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  const messages = checkDns1123Subdomain(name);
  if (messages.length > 0) return [invalid(name, messages.join(","))];
  const labels = name.split(".");
  if (labels.length < 2) return [invalid(name, "should be a domain with at least two segments separated by dots")];
  const wrong = labels.find((label) => checkDns1123Label(label).length > 0);
  return wrong === undefined ? [] : [invalid(wrong, checkDns1123Label(wrong).join(","))];
}

/** A domain, "/" and a path, such as `acme.io/foo` (validation.go, IsDomainPrefixedPath, v1.36). */
export function checkDomainPrefixedPath(text: string): readonly NameProblem[] {
  if (text === "") return [{ type: "required" }];
  const slash = text.indexOf("/");
  const host = text.slice(0, Math.max(0, slash));
  const path = text.slice(slash + 1);
  if (host === "" || path === "") return [invalid(text, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const problems = checkDns1123Subdomain(host).map((message) => invalid(host, message));
  if (/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path)) return problems;
  return [...problems, invalid(path, formatMessage("Invalid path", httpPathFormat))];
}

function invalid(value: string, detail: string): NameProblem {
  return { type: "invalid", value, detail };
}
