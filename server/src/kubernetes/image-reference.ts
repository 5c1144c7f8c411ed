const domain =
  "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*";
const ipv6Host = "\\[(?:[a-fA-F0-9:]+)\\]";
const pathComponent = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";

const reference = new RegExp(
  `^(?:(?:${domain}|${ipv6Host})(?::[0-9]+)?/)?${pathComponent}(?:/${pathComponent})*(?::([\\w][\\w.-]{0,127}))?(?:@(${digest}))?$`,
);
const maxLength = 2048;

/**
 * The tag of an image: `latest` where there is neither tag nor digest, "" with a digest alone or where the text is no image.
 * Imitates kubernetes, pkg/util/parsers/parsers.go, ParseImageName, v1.36.
 */
export function imageTag(image: string): string {
  const match = image.length > maxLength ? null : reference.exec(image);
  if (match === null || /^[a-f0-9]{64}$/.test(image)) return "";
  const [, tag, imageDigest] = match;
  if (imageDigest !== undefined && !isKnownDigest(imageDigest)) return "";
  return tag ?? (imageDigest === undefined ? "latest" : "");
}

/** The pull policy that an image without one gets (pkg/apis/core/v1/defaults.go, SetDefaults_Container, v1.36). */
export function defaultPullPolicy(image: string): "Always" | "IfNotPresent" {
  return imageTag(image) === "latest" ? "Always" : "IfNotPresent";
}

function isKnownDigest(text: string): boolean {
  return /^(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/.test(text);
}
