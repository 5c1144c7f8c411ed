import type { Rule } from "../rule.ts";
import { duplicateObject } from "./duplicate-object.ts";
import { externalName } from "./external-name.ts";
import { headless } from "./headless.ts";
import { hostNetworkDns } from "./host-network-dns.ts";
import { ingressBackend } from "./ingress-backend.ts";
import { manualEndpoints } from "./manual-endpoints.ts";
import { nodePortClash } from "./node-port-clash.ts";
import { serviceSelection } from "./service-selection.ts";
import { statefulSetService } from "./stateful-set-service.ts";
import { targetPort } from "./target-port.ts";

/** Every check of an object against its environment. */
export const rules: readonly Rule[] = [
  serviceSelection,
  targetPort,
  externalName,
  headless,
  nodePortClash,
  statefulSetService,
  ingressBackend,
  manualEndpoints,
  hostNetworkDns,
  duplicateObject,
];
