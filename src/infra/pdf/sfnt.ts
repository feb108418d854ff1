import { inflateSync } from 'node:zlib';

/** Sizes of the header and of one entry in the directory of tables. */
const woff = { header: 44, entry: 20 };
const sfnt = { header: 12, entry: 16 };

/**
 * A web font (WOFF 1.0) as the plain font in it. Readers of fonts inflate a web font's tables again with every
 * look at a glyph, which takes seconds where this takes milliseconds. Throws for anything else.
 */
export function sfntOf(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a web font');
  const tables = Array.from({ length: file.readUInt16BE(12) }, (_, index) =>
    tableOf(file, woff.header + index * woff.entry),
  );
  const head = Buffer.alloc(sfnt.header + tables.length * sfnt.entry);
  file.copy(head, 0, 4, 8);
  head.writeUInt16BE(tables.length, 4);
  const parts: Buffer[] = [head];
  let offset = head.length;
  tables.forEach(({ tag, checksum, data }, index) => {
    const at = sfnt.header + index * sfnt.entry;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(data.length, at + 12);
    // Tables begin at multiples of four.
    const padding = -data.length & 3;
    parts.push(data, Buffer.alloc(padding));
    offset += data.length + padding;
  });
  return Buffer.concat(parts);
}

function tableOf(file: Buffer, at: number): { tag: string; checksum: number; data: Buffer } {
  const [offset, packed, length] = [4, 8, 12].map((field) => file.readUInt32BE(at + field)) as [
    number,
    number,
    number,
  ];
  const stored = file.subarray(offset, offset + packed);
  return {
    tag: file.toString('latin1', at, at + 4),
    checksum: file.readUInt32BE(at + 16),
    data: packed < length ? inflateSync(stored) : stored,
  };
}
