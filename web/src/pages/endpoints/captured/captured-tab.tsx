import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { endpointCaptures, type CapturePage, type Endpoint } from '../../../api/endpoints.ts';
import { Button } from '../../../components/button.tsx';
import { bytes, count, shortNumber } from '../../../components/format.ts';
import { Grid } from '../../../components/grid/grid.tsx';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/endpoints.ts';
import { useGridKeys } from '../../../components/grid/grid-keys.ts';
import { percentOf } from '../settings.ts';
import { captureColumns } from './capture-columns.tsx';
import { CaptureDrawer } from './capture-drawer.tsx';
import { captureRows, columnsOf } from './capture-rows.ts';

/** Requests that were captured with their answers, newest first. */
export function CapturedTab({ endpoint, onSettings }: { endpoint: Endpoint; onSettings: () => void }) {
  const { name } = endpoint;
  const [url, setUrl] = useUrlState();
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(endpointCaptures(name));
  const captures = useMemo(() => (data?.pages ?? []).flatMap((page) => page.captures), [data]);
  const rows = useMemo(() => captureRows(captures), [captures]);
  const columns = useMemo(() => captureColumns(columnsOf(rows), rows), [rows]);
  const onVisible = useCallback(
    (_: number, last: number) => {
      if (hasNextPage && !isFetching && last >= rows.length - 20) void fetchNextPage();
    },
    [hasNextPage, isFetching, rows.length, fetchNextPage],
  );
  useGridKeys();
  const [page] = data?.pages ?? [];
  if (!page) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  const percent = percentOf(endpoint.capture_sample_rate);
  if (captures.length === 0) {
    return (
      <State title={text.captured.empty}>
        <p>{percent > 0 ? text.captured.emptyOn(shortNumber(percent)) : text.captured.emptyOff}</p>
        {percent === 0 && <Button onClick={onSettings}>{text.captured.switchOn}</Button>}
      </State>
    );
  }
  return (
    <section className="captured" aria-label={text.captured.title}>
      <div className="page-bar">
        <span role="status">
          {(hasNextPage ? text.captured.loadedMore : text.captured.loaded)(count(rows.length), count(captures.length))}
        </span>
        <span className="dim">{text.captured.size(bytes(page.bytes))}</span>
        <span className="dim">{percent > 0 ? text.captured.rate(shortNumber(percent)) : text.captured.off}</span>
        <Button kind="quiet" icon="pencil" onClick={onSettings}>
          {text.settings}
        </Button>
        <span className="spacer" />
        <RunOfCaptures page={page} />
      </div>
      <Grid
        label={text.captured.title}
        testId="captures-table"
        columns={columns}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        keyOf={(row) => row.key}
        rowHeight={28}
        busy={isFetching}
        onVisible={onVisible}
        onOpen={({ capture }) => {
          setUrl({ capture: capture.id });
        }}
      />
      {url['capture'] !== undefined && (
        <CaptureDrawer
          endpoint={name}
          capture={captures.find(({ id }) => id === url['capture'])}
          onClose={() => {
            setUrl({ capture: undefined });
          }}
        />
      )}
    </section>
  );
}

function RunOfCaptures({ page: { runId, experimentId, path } }: { page: CapturePage }) {
  if (runId === undefined || experimentId === undefined) return undefined;
  return (
    <Link
      to="/experiments/$experimentId/runs/$runId/$tab"
      params={{ experimentId, runId, tab: 'artifacts' }}
      search={(path === undefined ? {} : { path }) as never}
    >
      {text.captured.run}
    </Link>
  );
}
