import type { FunctionAnswers } from "./answer.ts";
export const cronAnswers: FunctionAnswers = {};
