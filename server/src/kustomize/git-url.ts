/**
 * Whether kustomize takes the text for a git repository (`https://host/org/repo`, `git@host:org/repo`, `github.com/org/repo//path`).
 * kustomize api, internal/git/repospec.go, NewRepoSpecFromURL, v0.21.2.
 */
export function isGitUrl(text: string): boolean {
  if (text.startsWith("/")) return false;
  const withoutQuery = (text.split("?")[0] ?? "").replace(/^git::/i, "");
  const scheme = /^(?:ssh|https|http|file):\/\//i.exec(withoutQuery)?.[0].toLowerCase() ?? "";
  const withoutScheme = withoutQuery.slice(scheme.length);
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(withoutScheme)?.[0] ?? "";
  const address = withoutScheme.slice(user.length);
  const isGithub = /^github\.com[/:]/i.test(address);
  const acceptsColon = scheme === "" && (user !== "" || isGithub);
  if (scheme === "" && !acceptsColon) return false;
  if (scheme === "file://") return hasRepository(user + address, true);
  const host = hostEnd(address, acceptsColon);
  if (host === 0 && !isGithub) return false;
  return hasRepository(address.slice(host), false);
}

/** How many characters the host takes, its separator included; all where nothing separates. */
function hostEnd(address: string, acceptsColon: boolean): number {
  const slash = address.indexOf("/");
  const colon = acceptsColon ? address.indexOf(":") : -1;
  const end = slash < 0 || (colon > 0 && colon < slash) ? (acceptsColon ? colon : slash) : slash;
  return end < 0 ? address.length : end + 1;
}

function hasRepository(path: string, wholePath: boolean): boolean {
  const [repository, root] = splitRepository(path, wholePath);
  return repository !== "" && !/^\/?\.\.(?:\/|$)/.test(root);
}

/** The repository and the folder within; an empty repository where there is none. */
function splitRepository(path: string, wholePath: boolean): readonly [repository: string, root: string] {
  const marker = path.indexOf("_git/");
  if (marker >= 0) {
    const [name = "", ...rest] = path.slice(marker + "_git/".length).split("/");
    return [path.slice(0, marker) + name, rest.join("/")];
  }
  const doubled = path.indexOf("//");
  if (doubled >= 0) return [path.slice(0, doubled), path.slice(doubled + 2)];
  const suffix = path.indexOf(".git");
  if (suffix >= 0) return [path.slice(0, suffix + ".git".length), path.slice(suffix + ".git".length)];
  if (wholePath) return [path, ""];
  const parts = path.split("/");
  return parts.length < 2 ? ["", ""] : [parts.slice(0, 2).join("/"), parts.slice(2).join("/")];
}

/** Whether the text is a web address, which kustomize fetches as a file first. */
export function isWebAddress(text: string): boolean {
  return /^https?:/i.test(text);
}
