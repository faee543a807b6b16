import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { registryHistory, type RegistryEvent } from '../../api/model-history.ts';
import { Button } from '../../components/button.tsx';
import { FetchError } from '../../components/fetched.tsx';
import { Failed, Loading, State } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/models.ts';
import { ChangedValue } from './history-value.tsx';
import { told } from './history-words.ts';

interface HistorySectionProps {
  readonly name: string;
  /** Without one: what was changed of the model and of all its versions. */
  readonly version?: string;
}

/** Who changed what and when, newest first. */
export function HistorySection({ name, version }: HistorySectionProps) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    registryHistory(name, version),
  );
  if (!data) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  const events = data.pages.flatMap((page) => page.events);
  const gone = new Set(events.flatMap(({ kind, version: of }) => (kind === 'model_version.deleted' ? of : [])));
  if (events.length === 0) {
    return (
      <State title={text.history.empty}>
        <p>{text.history.emptyHelp}</p>
      </State>
    );
  }
  return (
    <section className="history" aria-label={text.history.title}>
      <ol className="history-list" aria-label={text.history.of(name, version)}>
        {events.map((event) => (
          <HistoryItem key={event.id} name={name} event={event} shownOf={version} gone={gone} />
        ))}
      </ol>
      {error && <FetchError error={error} />}
      {hasNextPage && (
        <Button kind="quiet" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text.history.older}
        </Button>
      )}
    </section>
  );
}

interface HistoryItemProps {
  readonly name: string;
  readonly event: RegistryEvent;
  readonly shownOf: string | undefined;
  /** Versions that were deleted since. */
  readonly gone: ReadonlySet<string | undefined>;
}

function HistoryItem({ name, event, shownOf, gone }: HistoryItemProps) {
  const { version, actor } = event;
  const { words, ...values } = told(event, shownOf);
  return (
    <li>
      <span className="history-when dim">
        <Time at={event.time} />
        {actor !== undefined && <span>{text.history.by(actor)}</span>}
      </span>
      {shownOf === undefined && (
        <span className="history-what">
          {version === undefined || gone.has(version) ? (
            <span className="dim">{version === undefined ? text.history.model : text.version(version)}</span>
          ) : (
            <Link to="/models/$name/versions/$version" params={{ name, version }}>
              {text.version(version)}
            </Link>
          )}
        </span>
      )}
      <span className="history-words">
        {words}
        <ChangedValue {...values} />
      </span>
    </li>
  );
}
