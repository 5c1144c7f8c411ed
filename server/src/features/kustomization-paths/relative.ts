/** The path that leads from a folder to a file or folder, as a kustomization writes it; `.` for the folder itself. Both without a `/` at their end. */
export function relativePath(from: string, to: string): string {
  const [source, target] = [partsOf(from), partsOf(to)];
  const differs = source.findIndex((part, index) => part !== target[index]);
  const common = differs < 0 ? source.length : differs;
  const up = source.slice(common).map(() => "..");
  return [...up, ...target.slice(common)].join("/") || ".";
}

function partsOf(path: string): readonly string[] {
  return path === "" ? [] : path.split("/");
}
