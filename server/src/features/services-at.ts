import type { Environment, Resource } from "../index/types.ts";
import { servicesSelecting } from "../resolve/selected-by.ts";
import { cursorAt, resourcesOf } from "./context.ts";
import type { FileContext } from "./context.ts";

/** Which Services of a file are asked for. */
export interface ServiceRequest {
  /** The Service or workload at this offset; `undefined`: all Services of the file. */
  readonly offset: number | undefined;
  /** `NAMESPACE/NAME` of one Service of the environment; wins over the offset. */
  readonly service: string | undefined;
}

export interface ServiceIn {
  readonly environment: Environment;
  readonly resource: Resource;
}

/** The Service at a place, those that select the workload there, or all of the file; in the file's active environment. */
export function servicesAt(context: FileContext, { offset, service }: ServiceRequest): readonly ServiceIn[] {
  const ofFile = [...resourcesOf({ ...context, environments: context.environments.slice(0, 1) })];
  const services = ofFile.filter(({ resource }) => isService(resource));
  if (service !== undefined) return services.filter(({ resource }) => qualified(resource) === service).slice(0, 1);
  const subject = offset === undefined ? undefined : cursorAt(context, offset)?.subject;
  if (subject === undefined) return services;
  if (isService(subject.resource)) return [subject];
  const { environment, resource } = subject;
  const selecting = servicesSelecting(environment, resource);
  return selecting.length > 0 ? selecting.map((each) => ({ environment, resource: each })) : services;
}

export function isService({ group, kind }: Pick<Resource, "group" | "kind">): boolean {
  return group === "" && kind === "Service";
}

/** `NAMESPACE/NAME`. */
export function qualified({ namespace, name }: Pick<Resource, "namespace" | "name">): string {
  return `${namespace ?? ""}/${name}`;
}
