/** A Markdown table whose columns are aligned, so that it reads as plain text, too. Long cells do not widen their column beyond 60 characters. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.min(60, Math.max(title.length, 3, ...rows.map((row) => (row[column] ?? "").length))),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").replaceAll("|", "\\|").padEnd(width)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join("\n");
}
