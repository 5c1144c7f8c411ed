import module from "node:module";

// From Node 22 on, what was compiled is kept in the folder for temporary files (NODE_DISABLE_COMPILE_CACHE=1 turns that off): the next start is sooner.
const { enableCompileCache } = module as Partial<typeof module>;
enableCompileCache?.();

const commandLine: string = "./command-line.cjs";
void import(commandLine);
