/** Among hundreds of lines each is a coarse sample; the one that the reader rests on gets all points that can be seen. */
import { useEffect, useMemo, useState } from 'react';
import { emphasisedRun, onEmphasis } from '../../../charts/emphasis.ts';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import { useManyLines } from './use-many-lines.ts';

type Wanted = Parameters<typeof useManyLines>[0];

/** Who only passes over a line asks nothing. */
const restMs = 150;
const noGroups: Wanted['groups'] = [];
const none: readonly ChartLine[] = [];

/** @param lines what is drawn */
export function useDetail(lines: readonly ChartLine[] | undefined, wanted: Wanted): readonly ChartLine[] {
  const { runs } = wanted;
  const rested = useRestedRun();
  const isCoarse = lines?.some(({ run, x, total }) => run === rested && x.length < total) ?? false;
  const own = useMemo(() => (isCoarse ? runs.filter(({ id }) => id === rested) : []), [isCoarse, runs, rested]);
  return useManyLines({ ...wanted, runs: own, groups: noGroups }).lines ?? none;
}

/** The emphasised run, once the reader stays with it. */
function useRestedRun(): string | undefined {
  const [rested, setRested] = useState<string>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = onEmphasis(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        setRested(emphasisedRun());
      }, restMs);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, []);
  return rested;
}
