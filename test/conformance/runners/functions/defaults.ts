import type { FunctionAnswers } from "./answer.ts";
export const defaultsAnswers: FunctionAnswers = {};
