import { withDefaults } from "../../../../server/src/kubernetes/defaults/with-defaults.ts";
import type { FunctionAnswers } from "./answer.ts";

export const defaultsAnswers: FunctionAnswers = {
  "scheme.Default": (input) => ({ out: withDefaults(input) }),
};
