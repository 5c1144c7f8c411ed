import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { decodeText, decodeUtf8 } from "../../server/src/yaml/decode.ts";
import { conflictMarker, looksLikeKubernetes, looksTemplated } from "../../server/src/yaml/sniff.ts";

describe("decodeText", () => {
  const text = "name: Zoë 😀\n";
  const utf8 = new TextEncoder().encode(text);

  test("reads UTF-8 with and without a byte order mark", () => {
    assert.deepEqual(decodeText(utf8), { text });
    assert.deepEqual(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8])), { text });
  });

  test("reads UTF-16 with a byte order mark", () => {
    const little = Buffer.from(`\ufeff${text}`, "utf16le");
    assert.deepEqual(decodeText(little), { text });
    assert.deepEqual(decodeText(Buffer.from(little).swap16()), { text });
  });

  test("knows binary files by their zero bytes", () => {
    assert.deepEqual(decodeText(new Uint8Array([80, 75, 3, 4, 0, 0])), { binary: true });
  });

  test("decodes as the platform does, one replacement for each wrong byte of a sequence cut short", () => {
    assert.equal(decodeUtf8(utf8), text);
    assert.equal(decodeUtf8([0x61, 0xff, 0x62]), "a\ufffdb");
    assert.equal(decodeUtf8([0xc0, 0x80]), "\ufffd\ufffd");
    assert.equal(decodeUtf8([0xed, 0xa0, 0x80]), "\ufffd\ufffd\ufffd");
  });
});

describe("looksLikeKubernetes", () => {
  test("wants apiVersion and kind as keys", () => {
    assert.ok(looksLikeKubernetes("apiVersion: v1\nkind: Pod\n"));
    assert.ok(looksLikeKubernetes('{"apiVersion": "v1", "kind": "Pod"}'));
    assert.ok(looksLikeKubernetes("---\n{\n  apiVersion: v1,\n  kind: Pod,\n}"));
    assert.ok(looksLikeKubernetes("- apiVersion: v1\r\n  kind: Pod\r\n"));
    assert.ok(!looksLikeKubernetes("services:\n  web:\n    image: x # of any kind: apiVersion\n"));
    assert.ok(!looksLikeKubernetes("kind: x\nmy-apiVersion: 1\n"));
  });
});

describe("looksTemplated", () => {
  test("sees actions that stand for YAML", () => {
    assert.ok(looksTemplated("a: {{ .Values.x }}\n"));
    assert.ok(looksTemplated("{{- if .Values.x }}\na: 1\n{{- end }}\n"));
    assert.ok(looksTemplated("a:\n  {{- toYaml .Values.x | nindent 2 }}\n"));
    assert.ok(looksTemplated("a: web-{{ .Release.Name }}\n"));
    assert.ok(looksTemplated("a: |\n  x\nb: {{ x }}\n"));
  });

  test("leaves text alone", () => {
    assert.ok(!looksTemplated('summary: "{{ $labels.instance }} is down"\n'));
    assert.ok(!looksTemplated("summary: Instance {{ $labels.instance }} is down\n"));
    assert.ok(!looksTemplated("a: |\n  {{ if .x }}\n  y\n"));
    assert.ok(!looksTemplated("# {{ .Values.x }}\na: 1 # {{ x }}\n"));
    assert.ok(!looksTemplated('a: "first\n  {{ second }}"\n'));
    assert.ok(!looksTemplated("a: {b: {c: 1}}\n"));
  });
});

describe("conflictMarker", () => {
  test("is the first line that marks a side", () => {
    assert.deepEqual(conflictMarker("a: 1\n<<<<<<< HEAD\r\nb: 1\n=======\nb: 2\n>>>>>>> other\n"), {
      start: 5,
      end: 17,
    });
    assert.deepEqual(conflictMarker("b: 2\n>>>>>>> other"), { start: 5, end: 18 });
    assert.equal(conflictMarker("a: <<<<<<< x\n=======\n"), undefined);
  });
});
