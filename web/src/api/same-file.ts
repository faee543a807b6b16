/** Whether a file of one run is the same as one of another: read, as the server knows of no sums. */
import { queryOptions } from '@tanstack/react-query';
import { readPiece, type ArtifactFile } from './artifacts.ts';

/** Larger ones are only told by their size. */
export const largestRead = 256_000;

export function sameFileQuery(left: ArtifactFile, right: ArtifactFile) {
  return queryOptions({
    queryKey: ['run', left.runId, 'artifacts', 'same', left.path, left.size, right.runId, right.path, right.size],
    staleTime: 10_000,
    queryFn: async ({ signal }) => {
      const [one, other] = await Promise.all([left, right].map(({ url }) => readPiece(url, 0, largestRead, signal)));
      return equal(one?.bytes, other?.bytes);
    },
  });
}

function equal(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one?.length === other?.length && one?.every((byte, i) => byte === other?.[i]) === true;
}
