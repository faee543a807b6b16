import { isRunning, type Search } from '../../api/automl.ts';
import { exactTime } from '../../components/format.ts';
import { useNow } from '../../components/lasted.tsx';
import { text } from '../../text/automl.ts';
import { isLost } from './phase-mark.tsx';

/** What must be known before anything below is read: why it ended so, that it is not heard of. */
export function SearchNotes({ search }: { search: Search }) {
  const now = useNow();
  if (isLost(search, now)) {
    return (
      <p className="banner" role="status">
        {text.head.lost(exactTime(search.heartbeat ?? 0))}
      </p>
    );
  }
  if (search.message === '') return null;
  return search.phase === 'failed' ? (
    <section className="job-why" aria-label={text.trial.why} role="status">
      <h2>{text.trial.why}</h2>
      <p>{search.message}</p>
    </section>
  ) : (
    <p className={isRunning(search) ? 'endpoint-message dim' : 'endpoint-message'} role="status">
      {search.message}
    </p>
  );
}
