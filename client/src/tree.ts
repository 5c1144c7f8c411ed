import {
  EventEmitter,
  l10n,
  type ProviderResult,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode";
import { State } from "vscode-languageclient";
import {
  clientCommands,
  type TreeEnvironment,
  type TreeObject,
  treeObjectsRequest,
  treeRequest,
  type TreeResult,
} from "../../server/src/protocol/messages.ts";
import type { Server } from "./server.ts";
import { badgeUri, serveBadges } from "./tree-badges.ts";

/** The Explorer view: environments, their Services, the workloads of these. */
export interface Tree {
  /** Starts the server if need be, and looks again. */
  refresh(): Promise<void>;
  dispose(): void;
}

type Node = EnvironmentNode | ObjectNode;

interface EnvironmentNode {
  readonly type: "environment";
  readonly id: string;
  readonly environment: TreeEnvironment;
}

interface ObjectNode {
  readonly type: "object";
  readonly id: string;
  readonly object: TreeObject;
  readonly parent: Node;
}

/** Changes that come within so many milliseconds are shown at once. */
const burstMs = 400;

/** The view of workloads and Services in the Explorer; it follows the editor and the manifests. */
export function createTree(server: Server): Tree {
  const provider = new Provider(server);
  const view = window.createTreeView<Node>("drydock.tree", { treeDataProvider: provider, showCollapseAll: true });
  const follow = (): void => void provider.follow(view);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, burstMs);
  };
  const disposables = [
    view,
    provider,
    serveBadges(),
    view.onDidChangeVisibility(follow),
    window.onDidChangeActiveTextEditor(soon),
    server.onDidChangeManifests(soon),
    server.onDidChangeState((state) => {
      if (state === State.Running) soon();
    }),
  ];
  return {
    async refresh() {
      await server.start();
      await provider.follow(view);
    },
    dispose() {
      clearTimeout(waiting);
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

class Provider implements TreeDataProvider<Node> {
  readonly #server: Server;
  readonly #changes = new EventEmitter<Node | undefined>();
  #known: { readonly uri: string | undefined; readonly result: TreeResult } | undefined;
  #environments: readonly EnvironmentNode[] = [];
  #children = new Map<string, Promise<readonly ObjectNode[]>>();

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(server: Server) {
    this.#server = server;
  }

  /** Looks for changes, and shows where the active file's objects stand. Nothing happens as long as nobody sees the view. */
  async follow(view: TreeView<Node>): Promise<void> {
    if (!view.visible || !this.#server.wanted) return;
    const uri = window.activeTextEditor?.document.uri.toString();
    if (await this.#update(uri)) this.#changes.fire(undefined);
    await this.#reveal(view, uri);
  }

  getTreeItem(node: Node): TreeItem {
    return node.type === "environment" ? environmentItem(node) : objectItem(node);
  }

  getChildren(node?: Node): ProviderResult<Node[]> {
    if (node === undefined) return [...this.#environments];
    if (node.type === "object") return childrenOf(node);
    return this.#objectsOf(node).then((objects) => [...objects]);
  }

  getParent(node: Node): Node | undefined {
    return node.type === "object" ? node.parent : undefined;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** Whether something is different now. */
  async #update(uri: string | undefined): Promise<boolean> {
    const revision = this.#known?.uri === uri ? this.#known?.result.revision : undefined;
    const result = await this.#server.request<TreeResult | null>(treeRequest, {
      ...(uri === undefined ? {} : { uri }),
      ...(revision === undefined ? {} : { revision }),
    });
    if (result === undefined || result === null) return false;
    if (this.#known?.result.revision !== result.revision) this.#children = new Map();
    this.#known = { uri, result };
    this.#environments = result.environments.map((environment) => ({
      type: "environment",
      id: environment.id,
      environment,
    }));
    return true;
  }

  #objectsOf(node: EnvironmentNode): Promise<readonly ObjectNode[]> {
    let objects = this.#children.get(node.id);
    if (objects === undefined) {
      objects = this.#server
        .request<readonly TreeObject[]>(treeObjectsRequest, { id: node.id })
        .then((found = []) => found.map((object, index) => objectNode(object, node, index)));
      this.#children.set(node.id, objects);
    }
    return objects;
  }

  /** Opens the active environment and selects the first object of the file. */
  async #reveal(view: TreeView<Node>, uri: string | undefined): Promise<void> {
    const active = this.#environments.find(({ environment }) => environment.isActive);
    if (uri === undefined || active === undefined) return;
    const objects = await this.#objectsOf(active);
    const selected = view.selection[0];
    if (selected?.type === "object" && selected.object.location?.uri === uri) return;
    const found = [...objects, ...objects.flatMap(childrenOf)].find(({ object }) => object.location?.uri === uri);
    await view.reveal(found ?? active, { select: found !== undefined, focus: false, expand: found === undefined });
  }
}

function objectNode(object: TreeObject, parent: Node, index: number): ObjectNode {
  return {
    type: "object",
    id: `${parent.id}\n${object.kind}/${object.namespace}/${object.name} ${index}`,
    object,
    parent,
  };
}

function childrenOf(node: ObjectNode): ObjectNode[] {
  return node.object.children.map((child, index) => objectNode(child, node, index));
}

function environmentItem({ id, environment }: EnvironmentNode): TreeItem {
  const { label, isActive, isOpen, services, workloads, kind } = environment;
  const item = new TreeItem(label, isActive ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = l10n.t("{0} Services, {1} workloads", services, workloads);
  item.iconPath = new ThemeIcon(isActive ? "layers-active" : "layers");
  const facts = [
    kindText(kind),
    ...(isActive ? [l10n.t("the environment of the active file")] : []),
    ...(isOpen ? [l10n.t("not everything of it can be seen")] : []),
  ];
  item.tooltip = [label, ...facts].join("\n");
  item.accessibilityInformation = { label: [label, item.description, ...facts].join(", ") };
  return item;
}

function kindText(kind: TreeEnvironment["kind"]): string {
  switch (kind) {
    case "kustomization":
      return l10n.t("a kustomization");
    case "settings":
      return l10n.t("an environment of the settings");
    case "directory":
    case "folder":
    case "single":
    case "chart":
      return l10n.t("the manifests of a folder");
  }
}

function objectItem(node: ObjectNode): TreeItem {
  const { object } = node;
  const { kind, name, namespace, detail, location, children } = object;
  const item = new TreeItem(
    name,
    children.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.id = node.id;
  item.description = kind === "Service" ? detail : [kind, detail].filter((each) => each !== "").join(" · ");
  item.iconPath = new ThemeIcon(kind === "Service" ? "type-hierarchy" : "package");
  const badge = badgeUri(object);
  if (badge !== undefined) item.resourceUri = badge;
  item.tooltip = `${kind} ${namespace}/${name}`;
  item.accessibilityInformation = {
    label: [`${kind} ${name}`, l10n.t("namespace {0}", namespace), detail, findingsText(object)]
      .filter((each) => each !== "")
      .join(", "),
  };
  if (location !== undefined)
    item.command = { command: clientCommands.openLocation, title: l10n.t("Show"), arguments: [location] };
  return item;
}

function findingsText({ errors, warnings, others }: TreeObject): string {
  const count = errors + warnings + others;
  return count === 0 ? "" : l10n.t("{0} findings", count);
}
