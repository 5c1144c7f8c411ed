import picomatch from "picomatch";
import type { DefinedEnvironment, EnvironmentOptions } from "../index/environments.ts";
import type { FileId, FolderId } from "../index/types.ts";
import type { EnvironmentSetting, Settings } from "../protocol/settings.ts";

/** How environments are found, from the settings. Globs are relative to the workspace folder of the file. */
export function environmentOptions(
  settings: Settings,
  tops: readonly FolderId[],
  rootOf: (file: FileId) => FolderId,
): EnvironmentOptions {
  return {
    tops,
    ...(settings.namespace === "" ? {} : { namespace: settings.namespace }),
    defined: settings.environments.map((each) => definedEnvironment(each, rootOf)),
  };
}

function definedEnvironment(
  { name, include, namespace }: EnvironmentSetting,
  rootOf: (file: FileId) => FolderId,
): DefinedEnvironment {
  const matches = picomatch([...include], { dot: true });
  return {
    name,
    ...(namespace === undefined || namespace === "" ? {} : { namespace }),
    includes: (file) => matches(file.slice(rootOf(file).length)),
  };
}
