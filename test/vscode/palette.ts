import { crc32, deflateSync, inflateSync } from "node:zlib";

/** Pictures of a workbench have few colours: with a palette instead of three bytes a pixel they take a third of the room. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, channels, pixels } = decoded(png);
  const { palette, indexOf } = paletteOf(pixels, channels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = indexOf((y * width + x) * channels);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const parts = [
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Buffer;
}

/** The pixels of a picture with 8 bits a channel, as Chromium writes them. */
function decoded(png: Buffer): Picture {
  const parts: Buffer[] = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = png[25] === 6 ? 4 : 3;
  return {
    width,
    height,
    channels,
    pixels: unfiltered(inflateSync(Buffer.concat(parts)), height, width * channels, channels),
  };
}

/** PNG's filters taken back (PNG specification, 9.2). */
function unfiltered(data: Buffer, height: number, stride: number, channels: number): Buffer {
  const pixels = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : pixels[y * stride + x - channels]!;
      const up = y === 0 ? 0 : pixels[(y - 1) * stride + x]!;
      const upLeft = x < channels || y === 0 ? 0 : pixels[(y - 1) * stride + x - channels]!;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter ?? 0] ?? 0;
      pixels[y * stride + x] = (data[y * (stride + 1) + 1 + x]! + guess) & 255;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, upLeft: number): number {
  const [a, b, c] = [left, up, upLeft].map((each) => Math.abs(left + up - upLeft - each));
  return a! <= b! && a! <= c! ? left : b! <= c! ? up : upLeft;
}

type Colour = readonly [red: number, green: number, blue: number];

/** The 256 most frequent colours; every other one becomes the nearest of these. */
function paletteOf(
  pixels: Buffer,
  channels: number,
): { readonly palette: readonly Colour[]; readonly indexOf: (at: number) => number } {
  const counts = new Map<number, number>();
  const keyAt = (at: number): number => (pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!;
  for (let at = 0; at < pixels.length; at += channels) counts.set(keyAt(at), (counts.get(keyAt(at)) ?? 0) + 1);
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256);
  const palette = frequent.map(([key]): Colour => [key >> 16, (key >> 8) & 255, key & 255]);
  const indexes = new Map(frequent.map(([key], index) => [key, index]));
  const indexOf = (at: number): number => {
    const key = keyAt(at);
    const known = indexes.get(key) ?? nearest(palette, [key >> 16, (key >> 8) & 255, key & 255]);
    indexes.set(key, known);
    return known;
  };
  return { palette, indexOf };
}

function nearest(palette: readonly Colour[], [red, green, blue]: Colour): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, [r, g, b]] of palette.entries()) {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
