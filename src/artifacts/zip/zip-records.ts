/** The records of a ZIP file (APPNOTE.TXT 6.3). Files are stored, not packed: models and images hardly get smaller. */

export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Where its local header stands. */
  readonly offset: number;
}

/** What 32 bits hold stands in the record itself; beyond, ZIP64 fields hold it. */
const most32 = 0xffffffff;
const most16 = 0xffff;
/** Names are UTF-8. */
const flags = 0x0800;
const zip64Version = 45;

export function localHeader({ name, size, crc, modifiedAt }: ZipEntry): Buffer {
  const extra = size >= most32 ? zip64Extra([size, size]) : Buffer.alloc(0);
  const bytes = Buffer.from(name);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(zip64Version, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt32LE(dosTime(modifiedAt), 10);
  head.writeUInt32LE(crc, 14);
  head.writeUInt32LE(Math.min(size, most32), 18);
  head.writeUInt32LE(Math.min(size, most32), 22);
  head.writeUInt16LE(bytes.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, bytes, extra]);
}

export function centralHeader({ name, size, crc, modifiedAt, offset }: ZipEntry): Buffer {
  const large = [...(size >= most32 ? [size, size] : []), ...(offset >= most32 ? [offset] : [])];
  const extra = large.length > 0 ? zip64Extra(large) : Buffer.alloc(0);
  const bytes = Buffer.from(name);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(zip64Version, 4);
  head.writeUInt16LE(zip64Version, 6);
  head.writeUInt16LE(flags, 8);
  head.writeUInt32LE(dosTime(modifiedAt), 12);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(Math.min(size, most32), 20);
  head.writeUInt32LE(Math.min(size, most32), 24);
  head.writeUInt16LE(bytes.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(Math.min(offset, most32), 42);
  return Buffer.concat([head, bytes, extra]);
}

/** @param offset where the central headers begin; they end right before this record */
export function endRecord(entries: number, offset: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries, most16), 8);
  end.writeUInt16LE(Math.min(entries, most16), 10);
  end.writeUInt32LE(Math.min(size, most32), 12);
  end.writeUInt32LE(Math.min(offset, most32), 16);
  const small = entries < most16 && offset < most32 && size < most32;
  return small ? end : Buffer.concat([zip64End(entries, offset, size), end]);
}

function zip64End(entries: number, offset: number, size: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(zip64Version, 12);
  record.writeUInt16LE(zip64Version, 14);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(offset + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [i, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
  return extra;
}

/** Two seconds exact, from 1980 to 2107; ZIP knows no time zone. */
function dosTime(time: number): number {
  const date = new Date(time);
  const year = Math.min(Math.max(date.getUTCFullYear(), 1980), 2107) - 1980;
  const day = (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return day * 65536 + clock;
}
