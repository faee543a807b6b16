import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { profileOf, type Search } from '../../api/automl.ts';
import type { RankedTrial } from '../../api/automl-ranking.ts';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import { Grid } from '../../components/grid/grid.tsx';
import { State } from '../../components/page.tsx';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text as trialText } from '../../text/automl-trial.ts';
import { text } from '../../text/automl.ts';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { nextSorting, parseSorting } from '../../components/grid/sorting.ts';
import { AlertList } from './alert-list.tsx';
import { BestModel } from './best-model.tsx';
import { leaderboardColumns } from './leaderboard-columns.tsx';
import { sortedTrials, trialOrders } from './leaderboard-rows.ts';
import { ProgressChart } from './progress-chart.tsx';
import { TrialPanel } from './trial/trial-panel.tsx';
import type { ShownView } from './use-search-view.ts';

interface ModelsTabProps {
  readonly search: Search;
  readonly config: AutomlConfig;
  readonly trials: readonly RankedTrial[];
  readonly best: RankedTrial | undefined;
  readonly running: boolean;
  readonly shown: ShownView;
}

const alertsShown = 3;

/** The trials: how they get on, how they rank, and beside them the one that is chosen. */
export function ModelsTab({ search, config, trials, best, running, shown }: ModelsTabProps) {
  const narrow = useSmallScreen();
  const { trial: chosen, show, sort, choose: chooseTrial, showPart, showView, setUrl } = shown;
  const { data: profile } = useQuery(profileOf(search.runId));
  /** Who chooses a trial goes on in its panel; who opens the page at a trial begins at the page's head. */
  const byHand = useRef(false);
  const choose = useCallback(
    (runId: string | undefined): void => {
      byHand.current = true;
      chooseTrial(runId);
    },
    [chooseTrial],
  );
  const metric = config.primary_metric;
  const sorting = parseSorting(sort, 'rank');
  const order = trialOrders.find((one) => one === sorting.key) ?? 'rank';
  const { ascending } = sorting;
  const rows = useMemo(() => sortedTrials(trials, order, ascending), [trials, order, ascending]);
  const tested = trials.some(({ test }) => test !== undefined);
  const bestId = best?.runId;
  const columns = useMemo(
    () => leaderboardColumns({ metric, order, ascending, tested, best: bestId, narrow, onChoose: choose }),
    [metric, order, ascending, tested, bestId, narrow, choose],
  );
  const at = rows.findIndex(({ runId }) => runId === chosen);
  const trial = rows[at];
  const step = (by: 1 | -1): void => {
    const next = rows[at + by];
    if (next) choose(next.runId);
  };
  const stepKeys = {
    j: { label: trialText.keys.next, run: () => step(1) },
    k: { label: trialText.keys.previous, run: () => step(-1) },
  };
  // Beside an open trial they step through the trials.
  useGridKeys(chosen === undefined ? {} : stepKeys);
  return (
    <div className={chosen === undefined ? 'automl-body' : 'automl-body split'}>
      <div className="automl-models">
        {(running || rows.length > 0) && (
          <div className="automl-summary">
            <BestModel
              search={search}
              config={config}
              trials={trials}
              best={best}
              running={running}
              onChoose={choose}
            />
            <ProgressChart trials={trials} started={search.started} config={config} chosen={chosen} onChoose={choose} />
            {profile && profile.alerts.length > 0 && (
              <AlertList
                alerts={profile.alerts}
                most={alertsShown}
                onAll={() => {
                  showView('data');
                }}
              />
            )}
          </div>
        )}
        {rows.length === 0 ? (
          <State title={running ? text.trials.waiting : text.trials.noneMade}>
            {running && <p>{text.trials.waitingHelp}</p>}
          </State>
        ) : (
          <Grid
            label={text.trials.list}
            testId="leaderboard"
            columns={columns}
            pinned={narrow ? 0 : 2}
            rowCount={rows.length}
            rowAt={(index) => rows[index]}
            keyOf={({ runId }) => runId}
            attributesOf={({ runId }) => ({ 'data-trial': runId, 'data-chosen': String(runId === chosen) })}
            rowHeight={28}
            onOpen={({ runId }) => {
              choose(runId);
            }}
            list={sort ?? ''}
            onSort={(key) => {
              const wanted = nextSorting(key, { key: order, ascending }, key === 'validation' || key === 'test');
              setUrl({ sort: wanted === 'rank' ? undefined : wanted });
            }}
          />
        )}
      </div>
      {chosen !== undefined && (
        <TrialPanel
          key={chosen}
          search={search}
          config={config}
          runId={chosen}
          trial={trial}
          rivals={trials.filter(({ rank }) => rank !== undefined).length}
          show={show}
          focused={byHand.current}
          onShow={showPart}
          onClose={() => {
            choose(undefined);
          }}
          onStep={step}
        />
      )}
    </div>
  );
}
