import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { baselineOf, baselineText, newFindings, readBaseline } from "../../server/src/features/suppression/baseline.ts";
import type { JsonValue } from "../../server/src/base/json.ts";
import { TestWorkspace } from "../support/workspace.ts";
import { checkDiagnostics, checkFix, checkSilenced } from "./check.ts";

const lost = "service/no-matching-pods";

/** A Service that selects nothing. @param above lines above its selector @param behind what stands behind it */
const service = (above = "", behind = ""): string => `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
${above}  selector: {app: web}${behind}
  ports: [{port: 80}]
`;
const found = ` # want[${lost}] selects no pods`;

describe("suppression", () => {
  test("the next line, this line, the whole file", () => {
    checkDiagnostics(service(`  # drydock-disable-next-line ${lost} comes from a chart\n`));
    checkDiagnostics(service(`  # drydock-disable-next-line ${lost}\n\n  # another comment\n`));
    checkDiagnostics(service("", ` # drydock-disable-line ${lost}`));
    checkDiagnostics(`# drydock-disable-file ${lost}\n${service()}`);
    checkDiagnostics(
      `# drydock-disable-file ${lost}\n---\n${service()}---\n${service().replace("name: web", "name: other")}`,
    );
  });

  test("other lines and other codes keep their findings", () => {
    checkDiagnostics(
      service(
        "  # drydock-disable-next-line service/headless-port # want[suppression/unused:hint] no finding service/headless-port\n",
        found,
      ),
    );
    checkDiagnostics(
      service(
        `  # drydock-disable-next-line ${lost} # want[suppression/unused] no finding\n  type: ClusterIP\n`,
        found,
      ),
    );
  });

  test("several codes with commas; each may be unused on its own", () => {
    checkDiagnostics(
      service(
        `  # drydock-disable-next-line ${lost}, service/headless-port both # want[suppression/unused] headless-port\n`,
      ),
    );
  });

  test("a comment without code, or with a pattern, silences nothing", () => {
    checkDiagnostics(service("  # drydock-disable-next-line service/* # want[suppression/unused] one by one\n", found));
    const workspace = new TestWorkspace(service("  # drydock-disable-next-line\n"));
    assert.deepEqual(
      workspace.findings("/main.yaml").map(({ code }) => code),
      ["service/no-matching-pods", "suppression/unused"],
    );
  });

  test("a text inside of a scalar is no comment", () => {
    const texts = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  text: |\n    # drydock-disable-file ${lost}\n  other: "\n    # drydock-disable-file ${lost}"\n`;
    checkDiagnostics(`${texts}---\n${service("", found)}`);
  });

  test("nothing is called unused while a document does not parse", () => {
    checkDiagnostics(`# drydock-disable-file ${lost}\napiVersion: v1\nkind: "Service # want[yaml/syntax]\n`);
  });

  test("the fix takes the code out of its list, or the comment away", () => {
    const text = service().replace("app: web", "");
    const title = "Remove what silences nothing";
    checkFix(`# drydock-disable-file ${lost}\n${text}`, title, { "/main.yaml": text });
    checkFix(text.replace("{}", `{} # drydock-disable-line ${lost}`), title, { "/main.yaml": text });
    checkFix(`# drydock-disable-file ${lost}, yaml/syntax why\n${service()}`, title, {
      "/main.yaml": `# drydock-disable-file ${lost} why\n${service()}`,
    });
  });

  test("silencing writes a comment, or adds to the one that is there; then the finding is gone", () => {
    const [here, file] = [`Silence ${lost} here`, `Silence ${lost} for this file`];
    checkSilenced(service(), here, service(`  # drydock-disable-next-line ${lost}\n`));
    checkSilenced(service(), file, `# drydock-disable-file ${lost}\n${service()}`);
    checkSilenced(
      `# drydock-disable-file yaml/syntax why\n${service()}`,
      file,
      `# drydock-disable-file yaml/syntax, ${lost} why\n${service()}`,
    );
    checkSilenced(
      service("  # drydock-disable-next-line yaml/syntax\n"),
      here,
      service(`  # drydock-disable-next-line yaml/syntax, ${lost}\n`),
    );
  });
});

describe("baseline", () => {
  const workspace = new TestWorkspace(`${service()}---\n${service().replace("name: web", "name: other")}`);
  const findings = workspace.findings("/main.yaml");
  const name = (file: string): string => file.slice(1);

  test("knows its own findings and nothing else, wherever they stand", () => {
    const baseline = baselineOf(findings.slice(0, 1), name);
    assert.equal(findings.length, 2);
    assert.deepEqual(newFindings(findings, baseline, name), findings.slice(1));
    const moved = findings.map((each) => ({ ...each, place: { ...each.place, start: each.place.start + 10 } }));
    assert.deepEqual(newFindings(moved.slice(0, 1), baseline, name), []);
  });

  test("an entry covers as many findings as it counts", () => {
    const twice = [...findings.slice(0, 1), ...findings.slice(0, 1)];
    assert.equal(baselineOf(twice, name).findings[0]?.count, 2);
    assert.equal(newFindings([...twice, ...twice], baselineOf(twice, name), name).length, 2);
  });

  test("is read as it is written, and anything else is refused", () => {
    const baseline = baselineOf(findings, name);
    assert.deepEqual(readBaseline(JSON.parse(baselineText(baseline)) as JsonValue).value, baseline);
    assert.equal(readBaseline({ version: 2, findings: [] }).error, "version");
    assert.equal(readBaseline({ version: 1, findings: [{ file: "a" }] }).error, "findings");
    assert.deepEqual(
      readBaseline(JSON.parse(baselineText({ version: 1, findings: [] })) as JsonValue).value?.findings,
      [],
    );
  });
});
