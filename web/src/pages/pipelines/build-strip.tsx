import type { Build } from '../../api/pipelines.ts';
import { count } from '../../components/format.ts';
import { Icon } from '../../components/icon.tsx';
import { text } from '../../text/pipelines.ts';
import { statusText } from '../../text/run-status.ts';
import { buildLooks } from './build-mark.tsx';

const shown = 10;

/** The last builds as marks, the newest at the right. */
export function BuildStrip({ builds }: { builds: readonly Build[] }) {
  const last = builds.slice(0, shown);
  const parts = [...Map.groupBy(last, ({ status }) => status)].map(([status, some]) =>
    text.stripPart(statusText(status), count(some.length)),
  );
  return (
    <span className="build-strip" role="img" aria-label={text.strip(count(last.length), parts.join(', '))}>
      {last.toReversed().map(({ runId, status }) => (
        <span key={runId} className={`status ${buildLooks[status] ?? 'scheduled'}`} title={statusText(status)}>
          <Icon name={buildLooks[status] ?? 'scheduled'} />
        </span>
      ))}
    </span>
  );
}
