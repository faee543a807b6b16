import { isRunning, type Search } from '../../api/automl.ts';
import { roundDuration } from '../../components/format.ts';
import { Lasted, useNow } from '../../components/lasted.tsx';
import { text } from '../../text/automl.ts';

/** Whole seconds: what counts down is not read to the tenth. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds < 60 ? `${seconds} s` : roundDuration(seconds * 1000);
}

/** Of one that runs, how much time it has left; else how long it took. */
export function SearchTime({ search }: { search: Search }) {
  const { started, ended, deadline } = search;
  if (!isRunning(search)) return ended === undefined ? null : <Lasted from={started} to={ended} />;
  return deadline === undefined ? <Lasted from={started} to={undefined} /> : <Countdown to={deadline} />;
}

function Countdown({ to }: { to: number }) {
  const left = to - useNow();
  return left <= 0 ? text.head.over : text.left(spanText(left));
}

/** The same as a bar that fills. */
export function TimeBar({ search, deadline }: { search: Search; deadline: number }) {
  const now = useNow();
  const share = Math.max(0, Math.min(1, (now - search.started) / Math.max(1, deadline - search.started)));
  const percent = Math.floor(share * 100);
  return (
    <div
      className="automl-bar"
      role="progressbar"
      aria-label={text.head.ofTime(String(percent))}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${share * 100}%` }} />
    </div>
  );
}
