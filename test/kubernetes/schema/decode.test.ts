import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { JsonObject } from "../../../server/src/base/json.ts";
import { decode } from "../../../server/src/kubernetes/schema/decode.ts";
import { knownKinds, typeOfKind } from "../../../server/src/kubernetes/schema/schema.ts";

function decoded(apiVersion: string, kind: string, rest: JsonObject): ReturnType<typeof decode> {
  const type = typeOfKind(apiVersion, kind);
  assert.ok(type);
  return decode({ apiVersion, kind, ...rest }, type);
}

const service = (spec: JsonObject): ReturnType<typeof decode> =>
  decoded("v1", "Service", { metadata: { name: "a" }, spec });

describe("the table of types", () => {
  test("has every kind by its apiVersion, and no other", () => {
    assert.ok(knownKinds().length > 60);
    assert.ok(typeOfKind("apps/v1", "Deployment")?.fields.has("spec"));
    assert.equal(typeOfKind("extensions/v1beta1", "Deployment"), undefined);
    assert.equal(typeOfKind("v1", "constructor"), undefined);
  });
});

describe("strict decoding", () => {
  test("takes names as they are written, and no others", () => {
    const { message, unknownFields } = service({ Type: "ClusterIP", ports: [{ targetport: 1 }], __proto__: null });
    assert.deepEqual(
      unknownFields.map(({ path }) => path.join(".")),
      ["spec.Type", "spec.ports.0.targetport"],
    );
    assert.equal(message, 'strict decoding error: unknown field "spec.Type", unknown field "spec.ports[0].targetport"');
  });

  test("says of a wrong type what Go says", () => {
    const messages = [
      { ports: {} },
      { ports: [{ port: 1.5 }] },
      { ports: ["80"] },
      { type: 1 },
      { publishNotReadyAddresses: "yes" },
      { selector: { app: 1 } },
    ].map((spec) => service(spec as JsonObject).message);
    assert.deepEqual(messages, [
      "json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort",
      "json: cannot unmarshal number 1.5 into Go struct field ServicePort.spec.ports.port of type int32",
      "json: cannot unmarshal string into Go struct field ServiceSpec.spec.ports of type v1.ServicePort",
      "json: cannot unmarshal number into Go struct field ServiceSpec.spec.type of type v1.ServiceType",
      "json: cannot unmarshal string into Go struct field ServiceSpec.spec.publishNotReadyAddresses of type bool",
      "json: cannot unmarshal number into Go struct field ServiceSpec.spec.selector of type string",
    ]);
  });

  test("reads quantities, times and numbers-or-texts by their own rules", () => {
    const limits = (memory: JsonObject[string]): string | undefined =>
      decoded("v1", "Pod", { spec: { containers: [{ name: "a", resources: { limits: { memory } } }] } }).message;
    assert.deepEqual([limits("1Gi"), limits(5), limits(null)], [undefined, undefined, undefined]);
    assert.match(limits("1 Gi") ?? "", /quantities must match the regular expression/);
    assert.equal(service({ ports: [{ port: 80, targetPort: "http" }] }).message, undefined);
    assert.match(service({ ports: [{ port: 80, targetPort: true }] }).message ?? "", /json: cannot unmarshal/);
    assert.match(
      decoded("v1", "Service", { metadata: { creationTimestamp: "yesterday" } }).message ?? "",
      /parsing time/,
    );
  });

  test("leaves out what is null and keeps the rest as it is", () => {
    const { value } = decoded("v1", "ConfigMap", {
      metadata: { name: "a", labels: null },
      data: { empty: null, full: "x" },
    });
    assert.deepEqual(value, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a" },
      data: { empty: "", full: "x" },
    });
    const object = { apiVersion: "v1", kind: "Service", spec: { ports: [{ port: 1 }] } };
    const type = typeOfKind("v1", "Service");
    assert.ok(type);
    assert.equal(decode(object, type).value, object);
  });
});
