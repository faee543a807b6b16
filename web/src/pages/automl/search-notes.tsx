import { Link } from '@tanstack/react-router';
import type { Search } from '../../api/automl.ts';
import { exactTime } from '../../components/format.ts';
import { useNow } from '../../components/lasted.tsx';
import { text } from '../../text/automl.ts';
import { isLost } from './phase-mark.tsx';

/** What must be known before anything below is read: why it failed, that it is not heard of, what was left out. */
export function SearchNotes({ search }: { search: Search }) {
  const { runId, phase, heartbeat = 0, message, warnings } = search;
  const now = useNow();
  if (isLost(search, now)) {
    const [before, after] = text.head.lost(exactTime(heartbeat), '\0').split('\0');
    return (
      <p className="banner" role="status">
        {before}
        <code>modelyard automl resume {runId}</code>
        {after}
      </p>
    );
  }
  if (warnings.length > 0) {
    return (
      <section className="banner" aria-label={text.head.warnings} role="status">
        {warnings.map((one) => (
          <p key={one}>{one}</p>
        ))}
      </section>
    );
  }
  if (phase !== 'failed' || message === '') return null;
  return (
    <section className="job-why" aria-label={text.head.why} role="status">
      <h2>{text.head.why}</h2>
      <p>{message}</p>
      <Link className="button" to="/automl/new" search={{ again: runId } as never}>
        {text.head.again}
      </Link>
    </section>
  );
}
