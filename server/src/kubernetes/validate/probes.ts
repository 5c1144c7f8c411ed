import { checkHttpHeaderName } from "../names.ts";
import type { Field } from "./field.ts";
import type { PodRules } from "./pod-rules.ts";
import { validatePortNumberOrName } from "./ports.ts";

/** pkg/apis/core/validation/validation.go, validateLivenessProbe, validateReadinessProbe and validateStartupProbe, v1.36. */
export function validateProbes(container: Field, rules: PodRules): void {
  for (const name of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    const probe = container.get(name);
    if (!probe.isSet) continue;
    validateProbe(probe, rules);
    const grace = probe.get("terminationGracePeriodSeconds").coded("pod/probe");
    const successes = probe.get("successThreshold").coded("pod/probe").or(1);
    if (name !== "readinessProbe" && successes.int !== 1) successes.invalid("must be 1");
    if (name === "readinessProbe" && grace.isSet) grace.invalid("must not be set for readinessProbes");
  }
}

function validateProbe(probe: Field, rules: PodRules): void {
  validateHandler(probe.coded("pod/probe"), ["exec", "httpGet", "tcpSocket", "grpc"], rules);
  for (const name of [
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
  ]) {
    probe.get(name).coded("pod/probe").nonNegative();
  }
  const grace = probe.get("terminationGracePeriodSeconds").coded("pod/probe");
  if (grace.isSet && grace.int <= 0) grace.invalid("must be greater than 0");
}

/** pkg/apis/core/validation/validation.go, validateLifecycle, v1.36; the stop signal is behind a feature gate and dropped. */
export function validateLifecycle(lifecycle: Field, rules: PodRules): void {
  for (const name of ["postStart", "preStop"]) {
    const hook = lifecycle.get(name);
    if (hook.isSet) validateHandler(hook, ["exec", "httpGet", "tcpSocket", "sleep"], rules);
  }
}

type HandlerName = "exec" | "httpGet" | "tcpSocket" | "grpc" | "sleep";

function validateHandler(place: Field, names: readonly HandlerName[], rules: PodRules): void {
  const handlers = names.filter((name) => place.get(name).isSet);
  const [first, ...others] = handlers;
  if (first === undefined) place.required("must specify a handler type");
  else validateAction(place.get(first), first, rules);
  for (const name of others) place.get(name).coded("pod/probe").forbidden("may not specify more than 1 handler type");
}

function validateAction(action: Field, name: HandlerName, rules: PodRules): void {
  switch (name) {
    case "exec":
      action.get("command").coded("pod/probe").needed();
      break;
    case "httpGet":
      validateHttpGet(action);
      break;
    case "tcpSocket":
      validatePortNumberOrName(action.get("port").coded("pod/probe"));
      break;
    case "grpc":
      action.get("port").coded("pod/probe").port();
      break;
    case "sleep": {
      const seconds = action.get("seconds").int;
      if (seconds >= 0 && seconds <= rules.gracePeriod) break;
      action.invalid(
        `must be non-negative and less than terminationGracePeriodSeconds (${rules.gracePeriod})`,
        seconds,
      );
    }
  }
}

function validateHttpGet(action: Field): void {
  validatePortNumberOrName(action.get("port").coded("pod/probe"));
  action.get("scheme").coded("pod/probe").or("HTTP").oneOf(["HTTP", "HTTPS"]);
  const headers = action.get("httpHeaders").coded("pod/probe");
  for (const header of headers.items()) headers.check(checkHttpHeaderName, header.get("name").text);
}
