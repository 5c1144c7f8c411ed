import { cursorAt } from "../../context.ts";
import type { CursorSubject, FileContext } from "../../context.ts";
import type { Fix } from "../../finding.ts";
import { expressionRefactorings } from "./expressions.ts";
import { creationRefactorings } from "./new-objects.ts";
import { portNameRefactorings } from "./port-name.ts";

/** A change that mends nothing. */
export interface Refactoring {
  readonly kind: "refactor.rewrite" | "refactor.extract";
  readonly fix: Fix;
}

/** What a refactoring is asked with. */
export interface RefactoringRequest {
  readonly context: FileContext;
  readonly subject: CursorSubject;
}

/** The refactorings of the object at an offset, inside the active environment. */
export function refactorings(context: FileContext, offset: number): readonly Refactoring[] {
  const subject = cursorAt(context, offset)?.subject;
  if (subject === undefined) return [];
  const request = { context, subject };
  return [...creationRefactorings(request), ...portNameRefactorings(request), ...expressionRefactorings(request)];
}
