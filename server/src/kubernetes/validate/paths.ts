import type { Field } from "./field.ts";

/** A path inside a volume: relative and without steps up (pkg/apis/core/validation/validation.go, validateLocalDescendingPath, v1.36). */
export function checkDescendingPath(path: string): readonly string[] {
  const absolute = path.startsWith("/") ? ["must be a relative path"] : [];
  return [...absolute, ...checkNoBacksteps(path)];
}

/** As above, and no name that the kubelet keeps for itself (validation.go, ValidateLocalNonReservedPath, v1.36). */
export function checkUnreservedPath(path: string): readonly string[] {
  const reserved = path.startsWith("..") && !path.startsWith("../") ? ["must not start with '..'"] : [];
  return [...checkDescendingPath(path), ...reserved];
}

/** validation.go, validatePathNoBacksteps, v1.36. */
export function checkNoBacksteps(path: string): readonly string[] {
  return path.split("/").includes("..") ? ["must not contain '..'"] : [];
}

/** Permissions of a file. */
export function validateFileMode(mode: Field): void {
  if (mode.int < 0 || mode.int > 0o777) mode.invalid("must be a number between 0 and 0777 (octal), both inclusive");
}
