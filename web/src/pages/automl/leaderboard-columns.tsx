import type { RankedTrial } from '../../api/automl-ranking.ts';
import type { AutomlMetric } from '../../api/automl-rules.ts';
import { bytes, count, duration, shortNumber } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Icon } from '../../components/icon.tsx';
import { Lasted } from '../../components/lasted.tsx';
import { text as words } from '../../text/automl-words.ts';
import { text } from '../../text/automl.ts';
import { predictText } from './cost-text.ts';
import type { TrialOrder } from './leaderboard-rows.ts';
import { TrialMark } from './trial/trial-mark.tsx';

interface ColumnsAsked {
  readonly metric: AutomlMetric;
  readonly order: TrialOrder;
  readonly ascending: boolean;
  /** Whether the test rows were scored: at the end. */
  readonly tested: boolean;
  readonly best: string | undefined;
  readonly narrow: boolean;
  readonly onChoose: (runId: string) => void;
}

export function leaderboardColumns(asked: ColumnsAsked): readonly GridColumn<RankedTrial>[] {
  const { columns } = text.trials;
  const metric = words.metrics[asked.metric];
  const number = (value: number | undefined) =>
    value !== undefined && <span title={String(value)}>{shortNumber(value)}</span>;
  const all: readonly GridColumn<RankedTrial>[] = [
    {
      key: 'rank',
      title: columns.rank,
      width: 48,
      align: 'end',
      cell: ({ rank }) => rank !== undefined && count(rank),
    },
    {
      key: 'name',
      title: columns.name,
      width: asked.narrow ? 160 : 200,
      cell: ({ runId, name, reproduced }) => (
        <>
          <button
            type="button"
            className="link-button"
            tabIndex={-1}
            title={name}
            onClick={() => {
              asked.onChoose(runId);
            }}
          >
            {name}
          </button>
          {runId === asked.best && <span className="automl-best">{text.best.mark}</span>}
          {reproduced && (
            <span className="status finished" title={text.trials.reproduced}>
              <Icon name="check" />
              <span className="visually-hidden">{text.trials.reproduced}</span>
            </span>
          )}
        </>
      ),
    },
    {
      key: 'validation',
      title: columns.validation(metric),
      width: asked.narrow ? 140 : 150,
      align: 'end',
      cell: ({ validation, status, message, started }) =>
        status === 'FAILED' || status === 'KILLED' ? (
          <span className={status === 'FAILED' ? 'automl-why' : 'dim'} title={message}>
            {message}
          </span>
        ) : status === 'RUNNING' ? (
          <span className="dim">
            <Lasted from={started} to={undefined} />
          </span>
        ) : (
          number(validation)
        ),
    },
    ...(asked.tested
      ? [
          {
            key: 'test',
            title: columns.test(metric),
            width: 116,
            align: 'end',
            cell: ({ test }: RankedTrial) => number(test),
          } as const,
        ]
      : []),
    { key: 'state', title: columns.state, width: 132, cell: (trial) => <TrialMark trial={trial} /> },
    {
      key: 'estimator',
      title: columns.estimator,
      width: 172,
      cell: ({ estimator }) => <span title={estimator}>{estimator}</span>,
    },
    {
      key: 'kind',
      title: columns.kind,
      width: 84,
      cell: ({ kind }) => <span title={words.kindsHelp[kind]}>{words.kinds[kind]}</span>,
    },
    {
      key: 'fit',
      title: columns.fit,
      width: 72,
      align: 'end',
      cell: ({ fitSeconds }) => fitSeconds !== undefined && duration(fitSeconds * 1000),
    },
    {
      key: 'predict',
      title: columns.predict,
      width: 104,
      align: 'end',
      cell: ({ predictMs }) => predictMs !== undefined && predictText(predictMs),
    },
    {
      key: 'size',
      title: columns.size,
      width: 96,
      align: 'end',
      cell: ({ modelBytes }) => modelBytes !== undefined && bytes(modelBytes),
    },
    {
      key: 'training',
      title: columns.training(metric),
      width: 150,
      align: 'end',
      cell: ({ training }) => number(training),
    },
    {
      key: 'started',
      title: columns.started,
      width: 72,
      align: 'end',
      cell: ({ number: place }) => place > 0 && count(place),
    },
  ];
  return all.map((column) =>
    column.key === asked.order ? { ...column, sort: { descending: !asked.ascending, place: 0 } } : column,
  );
}
