/** How the files of two runs stand to each other: small ones of one size are read to know. */
import { useQueries } from '@tanstack/react-query';
import { fileOf } from '../../../api/artifacts.ts';
import { largestRead, sameFileQuery } from '../../../api/same-file.ts';
import type { CommonFile } from '../common-path.ts';
import type { Pair } from './use-pair.ts';

export type FileState = 'same' | 'differs' | 'sameSize' | 'left' | 'right';

/** More are told by their size. */
const mostRead = 200;

/** @returns for each of the files, in their order */
export function useFileStates(files: readonly CommonFile[], pair: Pair | undefined): FileState[] {
  const read = files.filter((file) => pair && isRead(file)).slice(0, mostRead);
  const answers = useQueries({
    queries: read.flatMap(({ entries: [left, right] }) =>
      pair && left && right ? [sameFileQuery(fileOf(pair.left.id, left), fileOf(pair.right.id, right))] : [],
    ),
  });
  const same = new Map(read.map((file, i) => [file, answers[i]?.data]));
  return files.map((file) => {
    const [left, right] = file.entries;
    if (!left || !right) return left ? 'left' : 'right';
    if (left.size !== right.size) return 'differs';
    const known = left.size === 0 ? true : same.get(file);
    return known === undefined ? 'sameSize' : known ? 'same' : 'differs';
  });
}

function isRead({ entries: [left, right] }: CommonFile): boolean {
  return left !== undefined && left.size === right?.size && left.size > 0 && left.size <= largestRead;
}
