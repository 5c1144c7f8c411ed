import { fnv1a } from "../base/hash.ts";
import { keysOfFacts } from "../index/keys.ts";
import type { FileId } from "../index/types.ts";
import type { FileFacts } from "../model/facts.ts";
import { packFacts, unpackFacts } from "../model/packed-facts.ts";
import type { FileStamp } from "./host.ts";

/** Facts of a file, and the state of the file that they were read from. */
export interface StoredFacts extends FileStamp {
  readonly facts: FileFacts;
}

/** Grows with every change of what facts consist of, or of the keys that the index finds them by. */
const formatNumber = 2;

const magic = 0x44727964;
const headerLength = 8;
const lengthsAt = 3;

/** More than this is not kept, in bytes. */
export const storeLimit = 256 * 1024 * 1024;

/**
 * Facts of files as the bytes of one file: a header of 32-bit numbers (what it is, who wrote it, a checksum, the lengths of what follows), names and stamps,
 * facts, their objects, and their tables. Values of Secrets are in no facts, and so in no store.
 */
export function encodeFacts(files: ReadonlyMap<FileId, StoredFacts>, engine: string): Uint8Array | undefined {
  const { text, objects, short, long } = packFacts(
    [...files.values()].map(({ facts }) => facts),
    keysOfFacts,
  );
  const encoder = new TextEncoder();
  const names = encoder.encode(JSON.stringify([...files].map(([file, { size, version }]) => [file, size, version])));
  const parts = [names, encoder.encode(text), encoder.encode(objects), bytesOf(short), bytesOf(long)];
  const offsets = offsetsOf(parts.map(({ length }) => length));
  const length = offsets.at(-1)!;
  if (length > storeLimit) return undefined;
  const bytes = new Uint8Array(length);
  for (const [index, part] of parts.entries()) bytes.set(part, offsets[index]);
  const header = new Uint32Array(bytes.buffer, 0, headerLength);
  header.set([magic, engineNumber(engine), 0, ...parts.map((part) => part.length)]);
  header[2] = checksum(bytes);
  return bytes;
}

/** The facts of a store that the same engine has written; empty for bytes of another one, cut off, or damaged. */
export function decodeFacts(stored: Uint8Array, engine: string): ReadonlyMap<FileId, StoredFacts> {
  const none = new Map<FileId, StoredFacts>();
  if (stored.length < headerLength * 4) return none;
  const bytes = stored.byteOffset % 4 === 0 ? stored : stored.slice();
  const header = new Uint32Array(bytes.buffer, bytes.byteOffset, headerLength);
  const offsets = offsetsOf([...header.subarray(lengthsAt)]);
  if (header[0] !== magic || header[1] !== engineNumber(engine) || offsets.at(-1) !== bytes.length) return none;
  if (header[2] !== checksum(bytes)) return none;
  const part = (index: number): Uint8Array =>
    bytes.subarray(offsets[index], offsets[index]! + header[lengthsAt + index]!);
  const decoder = new TextDecoder();
  const [short, long] = [part(3), part(4)];
  const facts = unpackFacts({
    text: decoder.decode(part(1)),
    objects: decoder.decode(part(2)),
    short: new Uint16Array(short.buffer, short.byteOffset, short.length / 2),
    long: new Uint32Array(long.buffer, long.byteOffset, long.length / 4),
  });
  const names = JSON.parse(decoder.decode(part(0))) as readonly (readonly [FileId, number, string])[];
  if (facts === undefined || facts.length !== names.length) return none;
  return new Map(names.map(([file, size, version], index) => [file, { size, version, facts: facts[index]! }]));
}

/** Where parts of these lengths begin behind the header, each at a multiple of four, and the length of all. */
function offsetsOf(lengths: readonly number[]): readonly number[] {
  const offsets = [headerLength * 4];
  for (const length of lengths) offsets.push(offsets.at(-1)! + Math.ceil(length / 4) * 4);
  return offsets;
}

function bytesOf(numbers: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function engineNumber(engine: string): number {
  return fnv1a(`${engine} ${formatNumber}`);
}

/** FNV-1a over the words behind the first three. */
function checksum(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  let hash = 0x811c9dc5;
  for (let index = lengthsAt; index < words.length; index++) hash = Math.imul(hash ^ words[index]!, 0x01000193);
  return hash >>> 0;
}
