import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { momentsQuery, type Moments } from '../../../api/moments.ts';
import type { XKind } from '../../../charts/axis-text.ts';
import { nearest, type ChartLine } from '../../../charts/line/line-data.ts';
import { count, duration } from '../../../components/format.ts';
import { text } from '../../../text/chart-lines.ts';
import type { ChartRun } from '../chart-run.ts';
import { metricOf } from './line-names.ts';

/** Who only passes over a line asks nothing. */
const restMs = 120;

interface PointMomentProps {
  readonly line: ChartLine;
  readonly place: number;
  readonly x: XKind;
  readonly runs: readonly ChartRun[];
}

/** What the x axis does not say of a point: how long after its start the run logged it, or at which step. */
export function PointMoment({ line, place, x, runs }: PointMomentProps) {
  const [rests, setRests] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setRests, restMs, true);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  const runId = line.run ?? '';
  const query = momentsQuery(runId, metricOf(line), x);
  const { data } = useQuery({ ...query, enabled: rests && runId !== '' });
  const words = data && wordsOf(data, line.x[place] ?? NaN, x, runs.find(({ id }) => id === runId)?.start);
  return words === undefined ? null : ` · ${words}`;
}

function wordsOf({ x: places, steps, times }: Moments, at: number, x: XKind, start?: number): string | undefined {
  const found = nearest(places, x === 'relative' ? at * 1000 : at);
  const [step, time] = [steps[found], times[found]];
  if (step === undefined || time === undefined) return undefined;
  if (x !== 'step') return text.atStep(count(step));
  return start === undefined || time < start ? undefined : text.sinceStart(duration(time - start));
}
