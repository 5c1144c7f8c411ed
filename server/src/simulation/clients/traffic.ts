import { objectAt, textAt, textMapAt } from "../../base/json.ts";
import type { JsonObject } from "../../base/json.ts";
import type { Random } from "../../base/random.ts";
import { matchesSelector, serviceSelector } from "../../kubernetes/selector.ts";
import { EventQueue } from "../engine/event-queue.ts";
import type { Kubelet } from "../engine/kubelet.ts";
import type { Pod, PodChange, PodStore } from "../engine/pods.ts";
import type { Traffic } from "../scenario.ts";
import type { RequestCounts } from "../timeline.ts";
import { EndpointList } from "./endpoint-list.ts";

export interface ClientsOptions {
  readonly traffic: Traffic;
  readonly pods: PodStore;
  readonly kubelet: Kubelet;
  readonly isNew: (pod: Pod) => boolean;
  readonly random: Random;
  /** The IPVS scheduler and nftables differ: round robin, or at random. */
  readonly roundRobin: boolean;
}

/** Clients that send requests to a Service while its pods come and go. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #services = new Map<string, ServiceEndpoints>();
  readonly #connections = new Map<number, Pod>();
  /** Start times of requests that a pod may still be working on. */
  readonly #inFlight = new Map<Pod, number[]>();
  readonly #servedByPod = new Map<string, number>();
  #counts = { sent: 0, ok: 0, refused: 0, reset: 0, byNew: 0, byOld: 0 };

  constructor(options: ClientsOptions, services: readonly JsonObject[]) {
    this.#options = options;
    for (const object of services) {
      this.#services.set(serviceKey(object), new ServiceEndpoints(object, options.kubelet, options.roundRobin));
    }
    options.pods.observe((pod, change) => this.#observe(pod, change));
  }

  get counts(): Omit<RequestCounts, "byPod"> {
    return this.#counts;
  }

  /** Answers per pod since the last call. */
  takeServed(): readonly (readonly [string, number])[] {
    const served = [...this.#servedByPod];
    this.#servedByPod.clear();
    return served;
  }

  /** The moment from which readiness changes count: all pods so far are known to every proxy. */
  begin(): void {
    for (const service of this.#services.values()) {
      for (const pod of this.#options.pods.byName.values()) service.change(pod, Number.NEGATIVE_INFINITY);
    }
  }

  setSelector(key: string, selector: Readonly<Record<string, string>>, now: number): void {
    const service = this.#services.get(withNamespace(key.replace(/^Service\//, "")));
    service?.select(selector, this.#options.pods.byName.values(), now);
  }

  setService(object: JsonObject, now: number): void {
    this.setSelector(serviceKey(object), textMapAt(object, "spec", "selector"), now);
  }

  /** Sends the requests of the time from the last call until `untilMs`, which is left out. */
  send(untilMs: number): void {
    const { traffic } = this.#options;
    const interval = 1000 / traffic.requestsPerSecond;
    while (this.#counts.sent * interval < untilMs) {
      const number = this.#counts.sent++;
      this.#request(number * interval, number % Math.max(1, traffic.clients));
    }
  }

  #request(atMs: number, client: number): void {
    const pod = this.#connection(client, atMs) ?? this.#choose(atMs);
    if (pod === undefined || !this.#options.kubelet.listens(pod, atMs)) {
      this.#connections.delete(client);
      this.#counts.refused++;
      return;
    }
    if (this.#options.traffic.keepAlive === true) this.#connections.set(client, pod);
    this.#counts.ok++;
    if (this.#options.isNew(pod)) this.#counts.byNew++;
    else this.#counts.byOld++;
    this.#servedByPod.set(pod.name, (this.#servedByPod.get(pod.name) ?? 0) + 1);
    this.#remember(pod, atMs);
  }

  /** A kept connection, as long as its pod has not closed it. */
  #connection(client: number, atMs: number): Pod | undefined {
    const pod = this.#connections.get(client);
    return pod !== undefined && this.#options.kubelet.listens(pod, atMs) ? pod : undefined;
  }

  /** A canary without ready pods gets nothing: ingress-nginx, rootfs/etc/nginx/lua/balancer.lua, sync_backend drops a backend without endpoints, v1.15. */
  #choose(atMs: number): Pod | undefined {
    const { traffic, random } = this.#options;
    const { canary } = traffic;
    const share = canary !== undefined && random() * 100 < canary.weight ? this.#endpoints(canary.service) : undefined;
    const chosen = share?.hasReady(atMs) === true ? share : this.#endpoints(traffic.service);
    return chosen?.choose(atMs, random);
  }

  #endpoints(service: string): ServiceEndpoints | undefined {
    return this.#services.get(withNamespace(service));
  }

  #remember(pod: Pod, atMs: number): void {
    const serviceTime = this.#options.traffic.serviceTimeMs ?? 0;
    if (serviceTime === 0) return;
    const starts = this.#inFlight.get(pod) ?? [];
    while (starts.length > 0 && starts[0]! + serviceTime <= atMs) starts.shift();
    starts.push(atMs);
    this.#inFlight.set(pod, starts);
  }

  #observe(pod: Pod, change: PodChange): void {
    if (change === "gone") this.#breakConnections(pod);
    for (const service of this.#services.values()) service.change(pod, this.#now());
  }

  /** What a pod has not answered when its containers end is lost. */
  #breakConnections(pod: Pod): void {
    const serviceTime = this.#options.traffic.serviceTimeMs ?? 0;
    const lost = (this.#inFlight.get(pod) ?? []).filter((start) => start + serviceTime > this.#now()).length;
    this.#inFlight.delete(pod);
    if (lost === 0) return;
    this.#counts.ok -= lost;
    this.#counts.reset += lost;
    if (this.#options.isNew(pod)) this.#counts.byNew -= lost;
    else this.#counts.byOld -= lost;
    this.#servedByPod.set(pod.name, (this.#servedByPod.get(pod.name) ?? 0) - lost);
  }

  #now(): number {
    return this.#options.pods.now;
  }
}

/** The endpoints of one Service as the proxies know them, a little later than they are. */
class ServiceEndpoints {
  readonly #namespace: string;
  readonly #kubelet: Kubelet;
  readonly #ready: EndpointList<Pod>;
  readonly #terminating: EndpointList<Pod>;
  readonly #pending = new EventQueue<() => void>();
  #object: JsonObject;

  constructor(object: JsonObject, kubelet: Kubelet, roundRobin: boolean) {
    this.#object = object;
    this.#namespace = textAt(object, "metadata", "namespace") ?? "default";
    this.#kubelet = kubelet;
    this.#ready = new EndpointList<Pod>(roundRobin);
    this.#terminating = new EndpointList<Pod>(roundRobin);
  }

  hasReady(atMs: number): boolean {
    this.#catchUp(atMs);
    return this.#ready.size > 0;
  }

  /** What the proxies have heard by then. */
  #catchUp(atMs: number): void {
    while ((this.#pending.nextAtMs ?? Number.POSITIVE_INFINITY) <= atMs) {
      for (const update of this.#pending.takeMoment()) update();
    }
  }

  /** Ready pods; where there is none, ending ones that still answer. */
  choose(atMs: number, random: Random): Pod | undefined {
    this.#catchUp(atMs);
    return this.#ready.choose(random) ?? this.#terminating.choose(random);
  }

  select(selector: Readonly<Record<string, string>>, pods: Iterable<Pod>, now: number): void {
    this.#object = { ...this.#object, spec: { ...objectAt(this.#object, "spec"), selector } };
    for (const pod of pods) this.change(pod, now);
  }

  change(pod: Pod, now: number): void {
    const matches = !pod.gone && pod.namespace === this.#namespace && this.#selects(pod);
    const isReady = matches && pod.ready && pod.deletedAt === undefined;
    const isServing = matches && pod.ready && pod.deletedAt !== undefined;
    this.#pending.plan(now + this.#kubelet.timingOf(pod).endpointPropagationMs, () => {
      this.#ready.put(pod, isReady);
      this.#terminating.put(pod, isServing);
    });
  }

  #selects(pod: Pod): boolean {
    const selector = serviceSelector(this.#object);
    return selector !== undefined && matchesSelector(selector, textMapAt(pod.template, "metadata", "labels"));
  }
}

function serviceKey(object: JsonObject): string {
  return `${textAt(object, "metadata", "namespace") ?? "default"}/${textAt(object, "metadata", "name") ?? ""}`;
}

function withNamespace(service: string): string {
  return service.includes("/") ? service : `default/${service}`;
}
