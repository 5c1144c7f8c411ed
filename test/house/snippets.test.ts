import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TestWorkspace } from "../support/workspace.ts";
import { readJson } from "./sources.ts";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = readJson("snippets/kubernetes.json") as Readonly<Record<string, Snippet>>;

/** What the editor inserts when a person accepts every default: the first of a choice, a placeholder's own text, nothing at the end. */
function filled({ body }: Pick<Snippet, "body">): string {
  return body
    .join("\n")
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1")
    .replace(/\$\{\d+:([^{}]*)\}/g, "$1")
    .replace(/\$\d+/g, "");
}

/** The other half of snippets that are about objects of another file, by their prefix. */
const companions: Readonly<Record<string, readonly string[]>> = {
  "k8s-service": ["Deployment"],
  "k8s-service-nodeport": ["Deployment"],
  "k8s-service-loadbalancer": ["Deployment"],
  "k8s-service-headless": ["Deployment"],
  "k8s-ingress": ["Deployment with Service"],
  "k8s-networkpolicy-allow": ["Deployment"],
  "k8s-pdb": ["Deployment"],
  "k8s-hpa": ["Deployment"],
};

function workspaceWith(snippet: Snippet): TestWorkspace {
  const others = (companions[snippet.prefix] ?? []).map((name, index) => {
    const other = snippets[name];
    assert.ok(other !== undefined, name);
    return `#- /shop/other-${index}.yaml\n${filled(other)}\n`;
  });
  return new TestWorkspace(`#- /shop/snippet.yaml\n${filled(snippet)}\n${others.join("")}`);
}

describe("snippets", () => {
  for (const [name, snippet] of Object.entries(snippets)) {
    test(`${name}: no findings with every default accepted`, () => {
      const workspace = workspaceWith(snippet);
      const objects = workspace.readOf("/shop/snippet.yaml")?.documents.flatMap(({ placed }) => placed.facts.resources);
      assert.notEqual(objects?.length ?? 0, 0);
      const found = workspace.files.flatMap((file) => workspace.findings(file));
      assert.deepEqual(
        found.map(({ code, message }) => `${code}: ${message}`),
        [],
      );
    });
  }

  test("prefixes are unique and begin alike, and nothing is left of the editor's marks", () => {
    const all = Object.values(snippets);
    assert.equal(new Set(all.map(({ prefix }) => prefix)).size, all.length);
    for (const snippet of all) {
      assert.match(snippet.prefix, /^k8s-[a-z-]+$/);
      assert.notEqual(snippet.description, "");
      assert.doesNotMatch(filled(snippet), /\$/);
    }
  });

  test("every way that a Service gets its endpoints is there", () => {
    const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
    for (const kind of ["nodeport", "loadbalancer", "headless", "externalname", "manual"])
      assert.ok(prefixes.includes(`k8s-service-${kind}`), kind);
  });

  test("the check sees a snippet with a mistake", () => {
    const broken = {
      prefix: "k8s-broken",
      description: "-",
      body: ["apiVersion: v1", "kind: Service", "spec: {ports: []}"],
    };
    assert.notEqual(workspaceWith(broken).findings("/shop/snippet.yaml").length, 0);
  });
});
