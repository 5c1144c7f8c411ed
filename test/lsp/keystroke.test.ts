import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newestKubernetes } from "../../server/src/kubernetes/api-lifecycle.ts";
import { checkFile } from "../../server/src/features/diagnostics/file.ts";
import type { Finding } from "../../server/src/features/finding.ts";
import { Workspace } from "../../server/src/lsp/workspace.ts";
import { factsOf } from "../../server/src/model/read.ts";
import { deployment, service } from "../index/workspace.ts";

const options = { kubernetesVersion: newestKubernetes, yamlSyntax: true };

/** A workspace with open documents; asks for the findings of all of them, and tells what that cost. */
class Desk {
  readonly workspace = new Workspace(() => 0);
  #version = 0;

  constructor(closed: Readonly<Record<string, string>> = {}) {
    this.workspace.setFolders(["file:///w"]);
    this.workspace.update(
      Object.entries(closed).map(([path, text]) => ({
        file: this.workspace.fileOf(uriOf(path)),
        facts: factsOf(text),
      })),
    );
  }

  type(path: string, text: string): ReadonlySet<string> {
    return this.workspace.open(uriOf(path), ++this.#version, text);
  }

  findings(): readonly Finding[] {
    return [...this.workspace.openDocuments()].flatMap(({ uri }) => this.findingsOf(uri));
  }

  findingsOf(uri: string): readonly Finding[] {
    const context = this.workspace.contextOf(uri)!;
    return checkFile(context, this.workspace.memo, options, this.workspace.environments.isPartial(context.file));
  }

  costOf(work: () => void): { parsed: number; documents: number; resources: number } {
    const { counters, memo } = this.workspace;
    const [parsed, documents, resources] = [
      counters.documentsParsed,
      memo.counters.documentsChecked,
      memo.counters.resourcesChecked,
    ];
    work();
    this.findings();
    return {
      parsed: counters.documentsParsed - parsed,
      documents: memo.counters.documentsChecked - documents,
      resources: memo.counters.resourcesChecked - resources,
    };
  }
}

function uriOf(path: string): string {
  return `file:///w/${path}`;
}

function shop(image = "app", labels: Readonly<Record<string, string>> = { app: "web" }): string {
  return deployment("web", labels, { containers: [{ name: "app", image }] });
}

describe("a keystroke", () => {
  const services = Array.from({ length: 40 }, (_, number) => service(`s${number}`, { app: `app-${number}` }));
  const workloads = Array.from({ length: 40 }, (_, number) => deployment(`d${number}`, { app: `app-${number}` }));

  function desk(): Desk {
    const made = new Desk();
    made.type("shop/web.yaml", `${shop()}---\n${service("web", { app: "web" })}`);
    made.type("shop/others.yaml", services.join("---\n"));
    made.type("shop/workloads.yaml", workloads.join("---\n"));
    made.findings();
    return made;
  }

  test("in an image parses one document, checks that one, and no Service at all", () => {
    const made = desk();
    const cost = made.costOf(() => {
      made.type("shop/web.yaml", `${shop("app:2")}---\n${service("web", { app: "web" })}`);
    });
    assert.deepEqual(cost, { parsed: 1, documents: 1, resources: 1 });
  });

  test("in a comment between documents parses and checks nothing but the document that holds it", () => {
    const made = desk();
    const cost = made.costOf(() => made.type("shop/others.yaml", `# new\n---\n${services.join("---\n")}`));
    assert.deepEqual(cost, { parsed: 0, documents: 0, resources: 0 });
  });

  test("in a label checks the Services that ask for it alone", () => {
    const made = desk();
    const cost = made.costOf(() => {
      made.type("shop/web.yaml", `${shop("app", { app: "app-7" })}---\n${service("web", { app: "web" })}`);
    });
    assert.equal(cost.parsed, 1);
    assert.equal(cost.documents, 1);
    assert.ok(cost.resources >= 3 && cost.resources <= 6, `${cost.resources} of 42 objects were checked`);
  });

  test("in another folder checks nothing here", () => {
    const made = desk();
    const cost = made.costOf(() => made.type("far/web.yaml", shop("app:3", { app: "app-1" })));
    assert.equal(cost.resources, 1, "the typed object alone");
  });

  test("above 600 documents moves them without touching a posting or parsing one", () => {
    const documents = Array.from({ length: 300 }, (_, number) => [
      deployment(`d${number}`, { app: `a${number}` }),
      service(
        `s${number}`,
        { app: `a${number}` },
        number === 200 ? { spec: { ports: [{ port: 80, targetPort: "no" }] } } : {},
      ),
    ]).flat();
    const made = new Desk();
    made.type("big.yaml", documents.join("---\n"));
    const [before] = made.findings();
    let touched: ReadonlySet<string> = new Set(["nothing was typed"]);
    const cost = made.costOf(() => (touched = made.type("big.yaml", `# above\n---\n${documents.join("---\n")}`)));
    assert.equal(touched.size, 0);
    assert.equal(cost.parsed, 0);
    assert.ok(cost.resources <= 2, `${cost.resources} objects were checked again`);
    const [after] = made.findings();
    assert.equal(after!.place.start, before!.place.start + "# above\n---\n".length);
  });

  test("costs the same however many files the folder has", () => {
    const costs = [100, 3000].map((count) => {
      const made = new Desk(
        Object.fromEntries(
          Array.from({ length: count }, (_, number) => [
            `shop/${number}.yaml`,
            deployment(`d${number}`, { app: "all", own: `o${number}` }),
          ]),
        ),
      );
      made.type("shop/web.yaml", `${shop()}---\n${service("web", { app: "web" })}`);
      made.findings();
      return made.costOf(() => made.type("shop/web.yaml", `${shop("app:2")}---\n${service("web", { app: "web" })}`));
    });
    assert.deepEqual(costs[0], costs[1]);
  });
});
