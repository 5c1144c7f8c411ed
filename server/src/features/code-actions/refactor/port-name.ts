import * as l10n from "@vscode/l10n";
import type { JsonPath } from "../../../base/json.ts";
import { arrayAt, at, numberAt, textAt } from "../../../base/json.ts";
import type { Resource } from "../../../index/types.ts";
import { containerPaths } from "../../../resolve/relations/ports.ts";
import { selectedBy } from "../../../resolve/selected-by.ts";
import type { CursorSubject } from "../../context.ts";
import type { Change } from "../../finding.ts";
import type { Refactoring, RefactoringRequest } from "./refactor.ts";

const usualNames: Readonly<Record<number, string>> = {
  53: "dns",
  80: "http",
  443: "https",
  3306: "mysql",
  5432: "postgresql",
  6379: "redis",
  8080: "http",
  8443: "https",
  9090: "metrics",
};

/** A name for the container port at the cursor, used by every Service that leads there by its number. */
export function portNameRefactorings({ subject }: RefactoringRequest): readonly Refactoring[] {
  const { resource, path } = subject;
  const list = containerPaths(resource).find((each) => [...each, "ports"].every((step, index) => path[index] === step));
  if (list === undefined) return [];
  const port: JsonPath = path.slice(0, list.length + 2);
  const number = numberAt(resource.object, ...port, "containerPort");
  if (number === undefined || textAt(resource.object, ...port, "name") !== undefined) return [];
  const protocol = textAt(resource.object, ...port, "protocol") ?? "TCP";
  const name = freeName(resource, usualNames[number] ?? `port-${number}`);
  const changes: readonly Change[] = [
    { kind: "set", resource, path: [...port, "name"], value: name },
    ...referring(subject, number, protocol).map((target): Change => ({
      kind: "set",
      resource: target.service,
      path: target.path,
      value: name,
    })),
  ];
  const title =
    changes.length === 1
      ? l10n.t("Name port {0} {1}", number, name)
      : l10n.t("Name port {0} {1}, also in {2} Service ports", number, name, changes.length - 1);
  return [{ kind: "refactor.extract", fix: { title, changes } }];
}

function freeName(resource: Resource, wanted: string): string {
  const taken = containerPaths(resource).flatMap((path) =>
    arrayAt(resource.object, ...path, "ports").flatMap((port) => textAt(port, "name") ?? []),
  );
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) name = `${wanted}-${number}`;
  return name;
}

/** The target ports that mean the number; one that is not written is the port itself. */
function referring(
  { environment, resource }: CursorSubject,
  number: number,
  protocol: string,
): readonly { readonly service: Resource; readonly path: JsonPath }[] {
  return selectedBy(environment, resource).services.flatMap((service) =>
    arrayAt(service.object, "spec", "ports").flatMap((port, index) => {
      const target = at(port, "targetPort") ?? numberAt(port, "port");
      const isSame = target === number && (textAt(port, "protocol") ?? "TCP") === protocol;
      return isSame ? [{ service, path: ["spec", "ports", index, "targetPort"] }] : [];
    }),
  );
}
