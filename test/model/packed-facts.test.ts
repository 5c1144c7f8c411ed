import assert from "node:assert/strict";
import { test } from "node:test";
import { keysOfFacts } from "../../server/src/index/keys.ts";
import type { DocumentFacts, FileFacts, ResourceFacts } from "../../server/src/model/facts.ts";
import { packFacts, unpackFacts } from "../../server/src/model/packed-facts.ts";
import { readFile } from "../../server/src/model/read.ts";

const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: wéb}
  ports: [{port: 80, targetPort: http}]
`;

const huge = `apiVersion: example.com/v1
kind: Counter
metadata: {name: huge}
spec: {count: 12345678901234567890, text: "12345678901234567890", nothing: null}
`;

const list = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: first}, data: {key: value}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: second}}
`;

const template = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {{- include "shop.labels" . | nindent 4 }}
`;

const broken = "apiVersion: v1\nkind: Service\nmetadata: {name: [\n";

test("facts come out of their packing as they went in", () => {
  const files: readonly FileFacts[] = [
    readFile([service, huge].join("---\n")).facts,
    { documents: [], notice: "binary" },
    readFile(template, undefined, "template").facts,
    readFile([list, broken, "just: values\n", `${service}${"# long\n".repeat(20_000)}`].join("---\n")).facts,
  ];
  const unpacked = unpackFacts(packFacts(files, keysOfFacts));
  assert.deepEqual(unpacked?.map(plainFile), files.map(plainFile));
});

test("packed facts name the keys of their objects, and can be packed again", () => {
  const files = [readFile([service, huge].join("---\n")).facts];
  const packed = packFacts(files, keysOfFacts);
  const unpacked = unpackFacts(packed);
  const [resource] = unpacked?.[0]?.documents[0]?.facts.resources ?? [];
  assert.deepEqual(resource?.keys, keysOfFacts(files[0]!.documents[0]!.facts.resources[0]!));
  assert.deepEqual(
    packFacts(unpacked ?? [], () => assert.fail("they are known")),
    packed,
  );
});

test("what is no packing is not unpacked", () => {
  const packed = packFacts([readFile(service).facts], keysOfFacts);
  for (const text of ["", "[]", "{}", "[[],{}]", "[[],[1]]", "[[],[[null,[1]]]]", packed.text.slice(1)])
    assert.equal(unpackFacts({ ...packed, text }), undefined, text);
});

function plainFile({ documents, notice }: FileFacts): unknown {
  return { notice, documents: documents.map(({ facts, ...place }) => ({ ...place, facts: plainDocument(facts) })) };
}

function plainDocument({ state, lineStarts, resources, hasPlaceholders, template: around }: DocumentFacts): unknown {
  const inTemplate = around === undefined ? {} : { names: around.names, objects: around.objects.map(plainResource) };
  return { inTemplate, state, lineStarts: [...lineStarts], hasPlaceholders, resources: resources.map(plainResource) };
}

function plainResource({ apiVersion, kind, name, namespace, at, object, spans }: ResourceFacts): unknown {
  return { apiVersion, kind, name, namespace, at, object, spans: [...spans] };
}
