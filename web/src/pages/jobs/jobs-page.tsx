import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { prefix } from '../../api/client.ts';
import { jobStates } from '../../api/job-rules.ts';
import { jobList, type Job } from '../../api/jobs.ts';
import { count } from '../../components/format.ts';
import { FirstSteps } from '../../components/first-steps.tsx';
import { Grid } from '../../components/grid/grid.tsx';
import { useHotkeys } from '../../components/hotkeys.ts';
import { Icon } from '../../components/icon.tsx';
import { Fetched } from '../../components/fetched.tsx';
import { ListHead } from '../../components/list-head.tsx';
import { NoMatch } from '../../components/no-match.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/jobs.ts';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { cancelWaiting, repeatAddress, runAgain } from './actions.ts';
import { jobColumns } from './job-columns.tsx';
import { CancelDialog, DeleteDialog } from './job-dialogs.tsx';
import { NotEnabled } from './not-enabled.tsx';
import { StateFilter } from './state-filter.tsx';

/** Rows before the end at which the next page is asked for. */
const ahead = 40;

export function JobsPage() {
  const [url, setUrl] = useUrlState();
  const navigate = useNavigate();
  const narrow = useSmallScreen();
  const state = jobStates.find((one) => one === url['state']);
  const query = url['q'] ?? '';
  const list = useInfiniteQuery(jobList(state, query));
  const { data, error, isFetching, refetch } = list;
  const [asked, setAsked] = useState<{ job: Job; about: 'cancel' | 'delete' }>();
  const close = (): void => {
    setAsked(undefined);
  };
  const rows = useMemo(() => {
    const all = data?.pages.flatMap(({ jobs }) => jobs) ?? [];
    // Who waits is read in the order in which they will run.
    return state === 'queued' ? all.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)) : all;
  }, [data, state]);
  const columns = useMemo(() => {
    const open = (jobId: string): void => void navigate({ to: '/jobs/$jobId', params: { jobId } });
    return jobColumns({
      onCancel: (job) => {
        if (job.state === 'queued') void cancelWaiting(job);
        else setAsked({ job, about: 'cancel' });
      },
      onRetry: (job) => void runAgain(job, open),
      onChange: (job) => void navigate(repeatAddress(job) as never),
      onDelete: (job) => {
        setAsked({ job, about: 'delete' });
      },
    });
  }, [navigate]);
  useGridKeys();
  useHotkeys({ n: { label: text.keys.run, run: () => void navigate({ to: '/jobs/new' }) } });

  const [first] = data?.pages ?? [];
  const counts = first?.counts ?? {};
  const all = Object.values(counts).reduce((sum, jobs) => sum + jobs, 0);
  const states = first && (all > 0 || state !== undefined) && (
    <StateFilter
      counts={counts}
      value={state}
      onChange={(next) => {
        setUrl({ state: next });
      }}
    />
  );
  return (
    <>
      <ListHead
        title={text.jobs}
        counts={
          first && (
            <>
              {query !== '' && !list.isPlaceholderData
                ? text.matches(count(rows.length), list.hasNextPage)
                : text.counts(count(all))}
              {first.enabled && ` · ${text.concurrency(count(first.concurrency))}`}
            </>
          )
        }
        choices={!narrow && states}
        search={all === 0 ? undefined : { label: text.search, hint: text.searchHint }}
      >
        <Link className="button primary" to="/jobs/new">
          <Icon name="play" />
          {text.run}
        </Link>
      </ListHead>
      {first && !first.enabled && <NotEnabled />}
      {narrow && states && <div className="page-bar">{states}</div>}
      <Fetched isThere={data !== undefined} error={error} onRetry={() => void refetch()} />
      {first && all === 0 && (
        <FirstSteps
          title={text.none}
          help={text.noneHelp}
          label={text.noneExample}
          code={text.noneCode(`${location.origin}${prefix}`)}
        >
          <Link className="button" to="/jobs/new">
            {text.run}
          </Link>
        </FirstSteps>
      )}
      {first && all > 0 && rows.length === 0 && (
        <NoMatch
          title={query === '' && state !== undefined ? text.noneOf(text.states[state]) : text.noMatch}
          all={text.showAll}
          onShowAll={() => {
            setUrl({ state: undefined, q: undefined });
          }}
        />
      )}
      {rows.length > 0 && (
        <Grid
          label={text.list}
          testId="jobs-table"
          columns={columns}
          pinned={narrow ? 0 : 1}
          rowCount={rows.length}
          rowAt={(index) => rows[index]}
          keyOf={({ id }) => id}
          rowHeight={28}
          busy={isFetching}
          onVisible={(_, last) => {
            if (last > rows.length - ahead && list.hasNextPage && !isFetching) void list.fetchNextPage();
          }}
          onOpen={({ id }) => {
            void navigate({ to: '/jobs/$jobId', params: { jobId: id } });
          }}
        />
      )}
      {asked?.about === 'cancel' && <CancelDialog job={asked.job} onClose={close} />}
      {asked?.about === 'delete' && <DeleteDialog job={asked.job} onClose={close} onDeleted={close} />}
    </>
  );
}
