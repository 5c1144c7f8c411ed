import assert from "node:assert/strict";
import type { JsonObject, JsonPath } from "../../server/src/base/json.ts";
import { render, type RenderOptions } from "../../server/src/kustomize/render.ts";
import type {
  FailedRendering,
  KustomizeFiles,
  Rendering,
  RenderedObject,
  SourceRange,
} from "../../server/src/kustomize/types.ts";
import { type Fixture, parseFixture, rangeOf, textOf } from "../support/fixture.ts";

/** A workspace written as a fixture (`#- /base/kustomization.yaml` …), and what was asked of it. */
export class Workspace implements KustomizeFiles {
  readonly fixture: Fixture;
  readonly reads: string[] = [];
  readonly #texts: ReadonlyMap<string, string>;

  constructor(fixture: string) {
    this.fixture = parseFixture(fixture);
    this.#texts = new Map(
      [...this.fixture.files.keys()].map((path) => [path.replace(/^\//, ""), textOf(this.fixture, path)]),
    );
  }

  text(path: string): string | undefined {
    this.reads.push(path);
    return this.#texts.get(path);
  }

  isFolder(path: string): boolean {
    return path === "" || [...this.#texts.keys()].some((file) => file.startsWith(`${path}/`));
  }

  /** The range with the name, as a rendering gives it. */
  range(name: string): SourceRange {
    const { path, start, end } = rangeOf(this.fixture, name);
    return { file: path.replace(/^\//, ""), span: { start, end } };
  }

  build(folder: string, options?: RenderOptions): Rendering {
    const result = render(folder, this, options);
    assert.ok(result.error === undefined, result.error?.message ?? "");
    return result;
  }

  fail(folder: string, options?: RenderOptions): FailedRendering["error"] {
    const result = render(folder, this, options);
    assert.ok(result.error !== undefined, "the build should fail");
    return result.error;
  }
}

export function objectsOf(rendering: Rendering): readonly JsonObject[] {
  return rendering.objects.map(({ object }) => object);
}

/** The one object of a kind. */
export function objectOf(rendering: Rendering, kind: string): RenderedObject {
  const [found, ...others] = rendering.objects.filter(({ object }) => object["kind"] === kind);
  assert.ok(found !== undefined && others.length === 0, `one ${kind}`);
  return found;
}

/** The text of the file at the place that gave the path its value. */
export function originText(workspace: Workspace, object: RenderedObject, path: JsonPath): string | undefined {
  const range = object.origin(path);
  return range === undefined ? undefined : workspace.text(range.file)?.slice(range.span.start, range.span.end);
}

/** A CustomResourceDefinition in block style, up to its versions. */
export const definitionHead = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ships.docks.example
spec:
  group: docks.example
  names: {kind: Ship, plural: ships}
  scope: Namespaced
  versions:
`;
