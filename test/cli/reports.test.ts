import assert from "node:assert/strict";
import { relative } from "node:path";
import { describe, test } from "node:test";
import type { Log } from "sarif";
import { folderWith } from "./folder.ts";
import { drydock } from "./terminal.ts";

const typo = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: wbe}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: web}]}
`;

describe("reports of check", () => {
  test("SARIF has the rule, its level and 1-based places", async (context) => {
    const folder = folderWith(context, { "web.yaml": typo });
    const { runs } = JSON.parse((await drydock("check", folder, "--format", "sarif")).out) as Log;
    const [result] = runs[0]?.results ?? [];
    assert.deepEqual([result?.ruleId, result?.level], ["service/no-matching-pods", "warning"]);
    assert.deepEqual(result?.locations?.[0]?.physicalLocation?.region, {
      startLine: 5,
      startColumn: 14,
      endLine: 5,
      endColumn: 22,
    });
    assert.deepEqual(
      runs[0]?.tool.driver.rules?.map(({ id }) => id),
      ["service/no-matching-pods"],
    );
    assert.equal(result?.relatedLocations?.length, 1);
  });

  test("JUnit has a suite for each file, also for those without findings", async (context) => {
    const folder = folderWith(context, {
      "web.yaml": typo,
      "ok.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ok}\n",
    });
    const { out } = await drydock("check", folder, "--format", "junit");
    assert.equal(out.match(/<testsuite /g)?.length, 2);
    assert.match(out, /<failure type="warning" message="Service web selects no pods/);
    assert.match(out, /<testcase name="no findings"/);
  });

  test("GitHub annotations escape what would end them", async (context) => {
    const folder = folderWith(context, { "web.yaml": typo });
    const { out } = await drydock("check", folder, "--format", "github");
    assert.match(
      out,
      new RegExp(
        `^::warning file=${relative(".", folder).replaceAll(".", "\\.")}/web\\.yaml,line=5,endLine=5,col=14,endColumn=22,title=service/no-matching-pods::Service web`,
      ),
    );
  });
});
