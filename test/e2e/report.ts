/** A scenario and how it ended. */
export interface Step {
  readonly name: string;
  readonly milliseconds: number;
  readonly error?: string;
}

/** Prints a scenario's line, with the error below. */
export function report(step: Step): Step {
  process.stdout.write(`${step.error === undefined ? "✔" : "✖"} ${step.name} (${step.milliseconds} ms)\n`);
  if (step.error !== undefined) process.stdout.write(`${step.error.replace(/^/gm, "    ")}\n`);
  return step;
}

/** Prints the closing line that `npm test` sums up, and returns the exit status. */
export function closingLine(steps: readonly Step[]): number {
  const failed = steps.filter(({ error }) => error !== undefined).length;
  process.stdout.write(`${steps.length - failed} passed, ${failed} failed\n`);
  return failed > 0 || steps.length === 0 ? 1 : 0;
}
