import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { arrayAt, at, objectAt, textAt } from "../../server/src/base/json.ts";
import type { JsonObject } from "../../server/src/base/json.ts";
import { deployment, manifest, service } from "../index/workspace.ts";
import { folderWith } from "./folder.ts";
import { drydock, json } from "./terminal.ts";

const shop = {
  "web.yaml": `${service("web", { app: "web" }, { namespace: "shop", spec: { ports: [{ name: "http", port: 80, targetPort: "http" }] } })}---\n${deployment("web", { app: "web" }, { namespace: "shop", replicas: 2, containers: [{ name: "web", env: [{ name: "URL", value: "http://$(WEB_SERVICE_HOST)/" }], ports: [{ name: "http", containerPort: 8080 }] }] })}`,
};

describe("endpoints", () => {
  test("is the public contract", async (context) => {
    const folder = folderWith(context, shop);
    const [found] = arrayAt(await json("endpoints", "shop/web", folder), "services");
    const path = relative(".", join(folder, "web.yaml"));
    assert.deepEqual(found, {
      environment: relative(".", folder),
      namespace: "shop",
      name: "web",
      type: "ClusterIP",
      headless: false,
      selector: { app: "web" },
      path,
      line: 0,
      ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: "http", nodePort: null, appProtocol: null }],
      workloads: [{ kind: "Deployment", namespace: "shop", name: "web", path, line: 2, replicas: 2 }],
      possible: [],
      nearMisses: [],
      empty: null,
      slices: [
        {
          addressType: "IPv4",
          ports: [{ name: "http", protocol: "TCP", port: 8080, appProtocol: null }],
          endpoints: ["web-<1>", "web-<2>"].map((pod) => ({
            workload: "Deployment/web",
            pod,
            hostname: null,
            ready: true,
            serving: true,
            terminating: false,
          })),
        },
      ],
    });
  });

  test("hand-made endpoints are listed as they stand", async (context) => {
    const slice = manifest(
      "discovery.k8s.io/v1",
      "EndpointSlice",
      { name: "db-1", labels: { "kubernetes.io/service-name": "db" } },
      { addressType: "IPv4", ports: [{ name: "sql", port: 5432 }], endpoints: [{ addresses: ["10.0.0.1"] }] },
    );
    const folder = folderWith(context, { "a.yaml": `${service("db", undefined)}---\n${slice}` });
    const [found] = arrayAt(await json("endpoints", folder), "services");
    assert.deepEqual(arrayAt(found, "slices", 0, "endpoints"), [
      {
        workload: "EndpointSlice/db-1",
        pod: null,
        hostname: null,
        ready: true,
        serving: true,
        terminating: false,
        addresses: ["10.0.0.1"],
      },
    ]);
  });

  test("a DaemonSet has a pod on every node", async (context) => {
    const agent = manifest(
      "apps/v1",
      "DaemonSet",
      { name: "agent" },
      { spec: { template: { metadata: { labels: { app: "agent" } }, spec: {} } } },
    );
    const folder = folderWith(context, { "a.yaml": `${service("agent", { app: "agent" })}---\n${agent}` });
    const [found] = arrayAt(await json("endpoints", folder, "--nodes", "5"), "services");
    assert.deepEqual([at(found, "workloads", 0, "replicas"), arrayAt(found, "slices", 0, "endpoints").length], [5, 5]);
  });

  test("nothing of that name is status 1, with an answer", async (context) => {
    const { status, out, error } = await drydock("endpoints", "gone", folderWith(context, shop), "--format", "json");
    assert.deepEqual(
      [status, JSON.parse(out), error],
      [1, { version: 1, services: [] }, "drydock: there is no Service gone\n"],
    );
  });

  test("-e none: all files as one set, the last definition of an object holds", async (context) => {
    const folder = folderWith(context, {
      "a/1.yaml": service("web", { app: "web" }),
      "b/2.yaml": deployment("web", { app: "old" }),
      "c/3.yaml": deployment("web", { app: "web" }),
    });
    const workloads = async (...words: readonly string[]) =>
      arrayAt((await json("endpoints", folder, ...words))["services"], 0, "workloads").map((each) =>
        textAt(each, "path")?.slice(-6),
      );
    assert.deepEqual(await workloads("-e", "none"), ["3.yaml"]);
    assert.deepEqual(await workloads(), []);
    assert.deepEqual(await workloads("-e", "none", "--no-recursive"), []);
  });

  test("-n is the namespace of objects that name none", async (context) => {
    const folder = folderWith(context, {
      "a.yaml": `${service("web", { app: "web" })}---\n${deployment("web", { app: "web" }, { namespace: "live" })}`,
    });
    const [found] = arrayAt(await json("endpoints", folder, "-n", "live"), "services");
    assert.deepEqual([textAt(found, "namespace"), arrayAt(found, "workloads").length], ["live", 1]);
  });
});

describe("dns, resolve, environment-variables", () => {
  test("records with unknown addresses as placeholders", async (context) => {
    const records = arrayAt(
      await json("dns", "web", folderWith(context, shop), "--cluster-domain", "example"),
      "records",
    );
    const wanted = (name: string, type: string) =>
      records
        .filter((each) => textAt(each, "name") === name && textAt(each, "type") === type)
        .map((each) => at(each, "values"));
    assert.deepEqual(wanted("web.shop.svc.example", "A"), [["<clusterIP of shop/web>"]]);
    assert.deepEqual(wanted("_http._tcp.web.shop.svc.example", "SRV"), [["0 100 80 web.shop.svc.example"]]);
    assert.deepEqual(objectAt(records[0], "source"), { kind: "Service", namespace: "shop", name: "web" });
  });

  test("the queries of a pod in the resolver's order", async (context) => {
    const folder = folderWith(context, shop);
    const found = await json("resolve", "web.shop", "--from", "other", folder, "--node-search-domains", "corp.example");
    assert.deepEqual(found["resolvConf"], {
      nameservers: ["<clusterDNS>"],
      searches: ["other.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp.example"],
      options: ["ndots:5"],
    });
    assert.deepEqual(
      arrayAt(found, "queries").map((each) => [
        textAt(each, "name"),
        textAt(each, "type"),
        textAt(each, "rcode"),
        at(each, "answer", 0) ?? null,
      ]),
      [
        ["web.shop.other.svc.cluster.local", "A", "NXDOMAIN", null],
        ["web.shop.other.svc.cluster.local", "AAAA", "NXDOMAIN", null],
        ["web.shop.svc.cluster.local", "A", "NOERROR", "<clusterIP of shop/web>"],
        ["web.shop.svc.cluster.local", "AAAA", "NOERROR", null],
      ],
    );
    assert.equal(found["result"], "web.shop.svc.cluster.local");
  });

  test("a pod's own settings, a pod that is not there, a name that does not resolve", async (context) => {
    const pod = manifest(
      "v1",
      "Pod",
      { name: "host", namespace: "shop" },
      { spec: { hostNetwork: true, containers: [] } },
    );
    const folder = folderWith(context, { ...shop, "pod.yaml": pod });
    assert.deepEqual(
      objectAt(await json("resolve", "web", "--from", "shop/host", folder), "resolvConf")?.["nameservers"],
      ["<nodeDNS>"],
    );
    assert.equal((await drydock("resolve", "web", "--from", "shop/gone", folder)).status, 1);
    assert.equal((await json("resolve", "gone", "--from", "shop/web-<1>", folder))["result"], null);
  });

  test("variables of Services and of the containers, expanded", async (context) => {
    const folder = folderWith(context, shop);
    const found = await json("environment-variables", "shop/deployment/web", folder);
    const variable = arrayAt(found, "variables").find((each) => textAt(each, "name") === "WEB_SERVICE_PORT_HTTP");
    assert.deepEqual(variable, {
      name: "WEB_SERVICE_PORT_HTTP",
      value: "80",
      source: { kind: "Service", namespace: "shop", name: "web" },
    });
    assert.deepEqual(found["containers"], [
      {
        name: "web",
        variables: [
          {
            name: "URL",
            value: "http://<clusterIP of shop/web>/",
            source: { path: relative(".", join(folder, "web.yaml")), line: 2 },
          },
        ],
      },
    ]);
    assert.equal((await drydock("environment-variables", "gone", folder)).status, 1);
  });
});

describe("check", () => {
  test("counts, finds and says how to mend", async (context) => {
    const folder = folderWith(context, {
      "a.yaml": `${service("web", { app: "frontend" })}---\n${deployment("web", { app: "fronted" })}`,
      "b.txt": "no manifest",
    });
    const report = await json("check", folder);
    assert.deepEqual([report["version"], report["files"], report["documents"], report["resources"]], [1, 1, 2, 2]);
    const [finding] = arrayAt(report, "findings");
    assert.equal(textAt(finding, "code"), "service/no-matching-pods");
    assert.equal(textAt(finding, "severity"), "warning");
    assert.equal(at(finding, "fixes", 0, "edits", 0, "newText"), '"fronted"');
    assert.equal((await drydock("check", folder)).status, 0);
    assert.equal((await drydock("check", folder, "--fail-on", "warning")).status, 1);
  });
});

describe("what is read", () => {
  test("not what .gitignore, --exclude and the usual folders leave out; no links", async (context) => {
    const text = service("a", undefined);
    const folder = folderWith(context, {
      "a.yaml": text,
      "b/b.yml": text,
      "b/c/c.json": text,
      "out/d.yaml": text,
      "keep/e.gen.yaml": text,
      "keep/.gitignore": "!e.gen.yaml\n",
      "node_modules/f.yaml": text,
      ".git/g.yaml": text,
      ".gitignore": "*.gen.yaml\n/out/\n",
    });
    symlinkSync(folder, join(folder, "b/circle"));
    const read = async (...words: readonly string[]) =>
      arrayAt(await json("endpoints", folder, "-e", "none", ...words), "services").length;
    const counted = async (...words: readonly string[]) => (await json("check", folder, ...words))["files"];
    assert.equal(await read(), 1);
    assert.equal(await counted(), 4);
    assert.equal(await counted("--no-ignore"), 5);
    assert.equal(await counted("--exclude", "b"), 2);
    assert.equal(await counted("--exclude", "b/c/**", "--exclude", "*.gen.yaml"), 2);
    assert.equal(await counted("--no-recursive"), 1);
  });

  test("odd files are told and do no harm", async (context) => {
    const documents = Array.from({ length: 10_000 }, (_, index) => service(`s${index}`, { app: "x" })).join("---\n");
    const folder = folderWith(context, {
      "many.yaml": documents,
      "empty.yaml": "",
      "binary.yaml": new Uint8Array([0, 1, 2, 0]),
      "large.yaml": `a: ${"x".repeat(2_000_000)}\n`,
      "bom.yaml": `\ufeff${service("bom", undefined)}`,
    });
    const { status, out, error } = await drydock("check", folder, "--format", "json", "--max-file-size", "1900");
    assert.equal(status, 0);
    const report = JSON.parse(out) as JsonObject;
    assert.equal(report["resources"], 10_001);
    assert.match(error, /binary\.yaml: not read, it is no text\n.*large\.yaml: not read, it is larger/s);
    assert.deepEqual(
      arrayAt(report, "environments").map((each) => at(each, "closed")),
      [false],
    );
  });

  test("the same input gives the same bytes", async (context) => {
    const folder = folderWith(context, {
      ...shop,
      "b/b.yaml": service("other", { app: "x" }),
      "a/a.yaml": deployment("other", { app: "x" }),
    });
    for (const command of ["check", "endpoints", "dns"]) {
      const first = await drydock(command, folder, "--format", "json");
      assert.equal(
        first.out,
        (await drydock(command, `${folder}/b`, folder, `${folder}/web.yaml`, "--format", "json")).out,
      );
    }
  });
});

describe("wrong use is status 2 with one line", () => {
  const lines: readonly (readonly [readonly string[], RegExp])[] = [
    [["fly"], /there is no command fly/],
    [["check", "gone.yaml"], /gone\.yaml: no such file or folder/],
    [["check", "--format", "xml"], /--format must be one of text, json/],
    [["check", "--fly"], /Unknown option '--fly'/],
    [["check", "--fail-on", "never"], /--fail-on must be one of/],
    [["endpoints", "web", "gone"], /gone: no such file or folder/],
    [["endpoints", ".", "--nodes", "many"], /--nodes must be a number/],
    [["check", "--kubernetes-version", "new"], /--kubernetes-version must be a version such as 1\.36/],
    [["resolve"], /a NAME is missing/],
    [["resolve", "web", "test/cli"], /--from NAMESPACE\[\/POD\] is missing/],
  ];
  for (const [words, message] of lines) {
    test(words.join(" "), async () => {
      const { status, out, error } = await drydock(...words);
      assert.deepEqual([status, out], [2, ""]);
      assert.match(error, message);
      assert.equal(error.trimEnd().split("\n").length, 1);
    });
  }

  test("help is none, and says what every command and option means", async () => {
    const { status, out } = await drydock("--help");
    assert.equal(status, 0);
    const commands = [...out.matchAll(/^ {2}(\S+)(.*)$/gm)].map(
      ([, command = "", meaning]) => [command, meaning] as const,
    );
    assert.ok(commands.length >= 9);
    assert.match(out, /^Exit status: 0 done, 1 /m);
    for (const [command, meaning] of commands) {
      assert.match(meaning ?? "", /^ +\w/, command);
      const help = await drydock(command, "--help");
      assert.equal(help.status, 0);
      const options = help.out.split("\n").filter((line) => line.startsWith("  -") && !line.startsWith("  --format "));
      for (const option of options) assert.match(option, /^ {2}(-\w, )?--[\w-]+( \S+)? +\w/, command);
    }
  });
});
