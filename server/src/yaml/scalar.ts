/** How plain text is read, and how text is written so that it stays text. */
export { quoteIfNeeded } from "./quote.ts";
export { resolvePlain } from "./resolve.ts";
