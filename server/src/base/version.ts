import manifest from "../../../package.json" with { type: "json" };

/** The version of the extension, of its server and of the command line. */
export const drydockVersion: string = manifest.version;
