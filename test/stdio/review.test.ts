import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { reviewRequest } from "../../server/src/protocol/messages.ts";
import { LanguageClient } from "../support/language-client.ts";
import { startProgram, writeFolder } from "../support/stdio.ts";

const service = (port: number): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: ${port}}]}
`;

test("an unsaved text is reviewed against the last commit", async () => {
  const folder = writeFolder({
    "base/web.yaml": service(80),
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "kustomization.yaml": "namePrefix: my-\nresources: [base]\n",
  });
  const git = (...words: readonly string[]): unknown =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
      cwd: fileURLToPath(folder),
      stdio: "pipe",
    });
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "first");
  const wire = startProgram("server.cjs", ["--stdio"]);
  const { client } = await LanguageClient.open(wire, { folder });
  await client.untilReady();
  const text = async (): Promise<string> => JSON.stringify(await client.request(reviewRequest, { commit: "HEAD" }));
  assert.match(await text(), /Nothing changes in what the cluster does/);
  assert.match(await text(), /Nothing changes in what the cluster does/);
  await client.openText(`${folder}/base/web.yaml`, service(81));
  await client.untilCodes(`${folder}/base/web.yaml`, ["service/no-matching-pods"]);
  assert.match(await text(), /Service `shop\/my-web` changes.*gains `81\/TCP/);
  assert.equal(await client.request(reviewRequest, { commit: "no-such-thing" }), null);
  assert.equal(await client.end(), 0);
});
