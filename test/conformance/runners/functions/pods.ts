import type { FunctionAnswers } from "./answer.ts";
export const podAnswers: FunctionAnswers = {};
