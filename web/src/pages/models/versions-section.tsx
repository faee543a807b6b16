import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { prefix } from '../../api/client.ts';
import { useVersionList, type Model, type VersionRow } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { Grid } from '../../components/grid/grid.tsx';
import { Fetched } from '../../components/fetched.tsx';
import { State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/models.ts';
import { AliasDialog } from './alias-dialog.tsx';
import { rowAtCursor, useGridKeys } from '../../components/grid/grid-keys.ts';
import { MetricsMenu } from './metrics-menu.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { nextSorting, parseSorting } from '../../components/grid/sorting.ts';
import { listOfUrl } from '../../components/grid/use-list-begun.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { versionColumns } from './version-columns.tsx';

/** Metric keys may hold commas; they are rare, and doubled here. */
function splitKeys(value: string | undefined): string[] {
  return value === undefined ? [] : value.split(/(?<!,),(?!,)/).map((key) => key.replaceAll(',,', ','));
}

const attributeSorts = ['version', 'creation_time', 'stage'];
const none = '-';

function attributesOf({ version }: VersionRow): Readonly<Record<string, string>> {
  return { 'data-version': version };
}

const nameOf = ({ version }: VersionRow): string => text.versionNumber(version);

interface VersionsSectionProps {
  readonly model: Model;
  /** What else there is to see of the model. */
  readonly tabs: ReactNode;
}

export function VersionsSection({ model, tabs }: VersionsSectionProps) {
  const { name } = model;
  const [url, setUrl] = useUrlState();
  const navigate = useNavigate();
  const narrow = useSmallScreen();
  const [editing, setEditing] = useState<string>();
  const query = url['q'] ?? '';
  const sorting = parseSorting(url['sort'], '-version');
  const known = attributeSorts.includes(sorting.key) || sorting.key.startsWith('metrics.');
  const order = known ? sorting : { key: 'version', ascending: false };
  const list = useVersionList(name, {
    text: query,
    metrics: url['metrics'] === none ? [] : splitKeys(url['metrics']),
    order_by: order.key,
    ascending: order.ascending,
  });
  const { head } = list;
  const ticked = useMemo(() => new Set((url['versions'] ?? '').split(',').filter((v) => v !== '')), [url]);
  const before = useRef(ticked);
  const metrics = url['metrics'] === none ? [] : (head?.columns ?? []);
  const columns = useMemo(
    () => versionColumns({ name, staged: model.stages, metrics, sorting: order, onAliases: setEditing }),
    // `metrics` and `order` are made anew each time; their parts say when they changed.
    // oxlint-disable-next-line react/exhaustive-deps
    [name, model.stages, metrics.join('\0'), order.key, order.ascending],
  );
  const compare = (): void => {
    const versions = [...ticked].toSorted((a, b) => Number(a) - Number(b)).join(',');
    if (ticked.size > 1)
      void navigate({ to: '/models/$name/compare', params: { name }, search: { versions } as never });
  };
  const tick = (versions: Iterable<string>): void => {
    setUrl({ versions: [...versions].join(',') }, { replace: true });
  };
  useGridKeys({
    a: {
      label: text.keys.aliases,
      run: () => {
        setEditing(rowAtCursor('data-version'));
      },
    },
    c: { label: text.keys.compare, run: compare },
  });

  const extend = (from: number, to: number, fresh: boolean): void => {
    if (fresh) before.current = ticked;
    const rows = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => list.rowAt(Math.min(from, to) + i));
    tick(new Set([...before.current, ...rows.flatMap((row) => row?.version ?? [])]));
  };
  const toggle = (index: number): void => {
    const row = list.rowAt(index);
    if (!row) return;
    const next = new Set(ticked);
    if (!next.delete(row.version)) next.add(row.version);
    tick(next);
  };

  if (model.version_count === 0) {
    return (
      <section className="models-versions" aria-label={text.versions}>
        <div className="page-bar">{tabs}</div>
        <State title={text.noVersions}>
          <p>{text.noVersionsHelp}</p>
          <pre>
            <code>{text.noVersionsCode(`${location.origin}${prefix}`, JSON.stringify(name))}</code>
          </pre>
        </State>
      </section>
    );
  }
  return (
    <section className="models-versions" aria-label={text.versions}>
      <div className="page-bar">
        {tabs}
        {head && (
          <span className="dim" role="status">
            {text.versionCounts(count(head.totalAll), query === '' ? undefined : count(head.total))}
          </span>
        )}
        <SearchBox
          value={query}
          label={text.versionSearch}
          hint={text.versionSearchHint}
          onApply={(q) => {
            setUrl({ q }, { replace: true });
          }}
        />
        <MetricsMenu
          known={head?.suggested ?? []}
          chosen={metrics}
          onChange={(chosen) => {
            const keys = chosen.map((key) => key.replaceAll(',', ',,')).join(',');
            setUrl({ metrics: chosen.length === 0 ? none : keys });
          }}
        />
        <Button disabled={ticked.size < 2} title={text.compareHint} onClick={compare}>
          {ticked.size < 2 ? text.compare : text.compareChosen(count(ticked.size))}
        </Button>
      </div>
      <Fetched isThere={head !== undefined} error={list.error} onRetry={list.retry} />
      {head?.total === 0 && (
        <State title={text.noVersionMatch}>
          <Button
            onClick={() => {
              setUrl({ q: undefined });
            }}
          >
            {text.showAllVersions}
          </Button>
        </State>
      )}
      {head && head.total > 0 && (
        <Grid<VersionRow>
          label={text.versionsTable(name)}
          testId="versions-table"
          columns={columns}
          pinned={narrow ? 0 : 1}
          rowCount={head.total}
          rowAt={list.rowAt}
          keyOf={(row) => row.version}
          attributesOf={attributesOf}
          nameOf={nameOf}
          rowHeight={30}
          busy={list.fetching}
          onVisible={list.onVisible}
          selected={ticked}
          onToggle={toggle}
          onExtend={extend}
          onOpen={({ version }) => {
            void navigate({ to: '/models/$name/versions/$version', params: { name, version } });
          }}
          list={listOfUrl(url)}
          onSort={(key) => {
            setUrl({ sort: nextSorting(key, order, key !== 'stage') });
          }}
        />
      )}
      {editing !== undefined && (
        <AliasDialog
          name={name}
          version={editing}
          aliases={model.aliases}
          onClose={() => {
            setEditing(undefined);
          }}
        />
      )}
    </section>
  );
}
