/** What pages of Parquet files may be compressed by. */
import type { Compressors, FileMetaData } from 'hyparquet';
import { decompress } from 'fzstd';
import { gunzip } from './inflate.ts';
import { unpackLz4 } from './lz4.ts';

/** Beside Snappy, which the library reads by itself. */
export const compressors: Compressors = {
  ZSTD: (bytes) => decompress(bytes),
  GZIP: gunzip,
  LZ4_RAW: unpackLz4,
};

/** The name of a codec of the file that is not read here; undefined where all are. */
export function unreadCodec({ row_groups: groups }: FileMetaData): string | undefined {
  for (const { columns } of groups) {
    for (const { meta_data: column } of columns) {
      const codec = column?.codec ?? 'UNCOMPRESSED';
      if (codec !== 'UNCOMPRESSED' && codec !== 'SNAPPY' && !(codec in compressors)) return codec;
    }
  }
  return undefined;
}
