/**
 * What the pages of Parquet files are compressed by, beside Snappy, which their reader knows itself. Each from its own file:
 * the package's index compiles WebAssembly as it loads, which our pages may not.
 */
import { decompress } from 'fzstd';
import type { Compressors, FileMetaData } from 'hyparquet';
import { gunzip } from 'hyparquet-compressors/src/gzip.js';
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors/src/lz4.js';

const common: Compressors = {
  ZSTD: (bytes) => decompress(bytes),
  GZIP: (bytes, size) => gunzip(bytes, new Uint8Array(size)),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};

/** Those that the file needs: Brotli is 70 kB, most of it a dictionary. */
export async function compressorsOf({ row_groups: groups }: FileMetaData): Promise<Compressors> {
  if (!groups.some(({ columns }) => columns.some(({ meta_data: column }) => column?.codec === 'BROTLI'))) return common;
  const { decompressBrotli } = await import('hyparquet-compressors/src/brotli.js');
  return { ...common, BROTLI: decompressBrotli };
}
