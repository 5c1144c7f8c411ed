import type { FunctionAnswers } from "./answer.ts";
export const dnsAnswers: FunctionAnswers = {};
