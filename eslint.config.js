import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const pure = [
  "base",
  "yaml",
  "kubernetes",
  "model",
  "kustomize",
  "index",
  "simulation",
  "resolve",
  "features",
  "protocol",
];

const projects = ["pure", "server", "browser", "client", "test"].map((name) => `tsconfig.${name}.json`);

/** The linter refuses a project without sources. */
if (readdirSync("client/webview").some((name) => /\.tsx?$/.test(name))) projects.push("client/webview/tsconfig.json");

export default tseslint.config(
  { ignores: ["dist/", "**/*.cjs", "node_modules/", ".vscode-test/", "examples/", "**/*.mjs", "eslint.config.js"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: projects,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/unified-signatures": "off",
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "No default exports: a name is found by its name." },
        { selector: "TSEnumDeclaration", message: "Use a union of strings." },
        { selector: "PropertyDefinition[accessibility='private']", message: "Use #private." },
      ],
    },
  },
  {
    files: pure.map((folder) => `server/src/${folder}/**`),
    rules: {
      "no-restricted-globals": ["error", "console", "process", "setTimeout", "setInterval", "Date"],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Pass a seeded generator." },
      ],
    },
  },
  {
    files: ["test/**"],
    rules: { "max-lines-per-function": "off", "@typescript-eslint/no-floating-promises": "off" },
  },
);
