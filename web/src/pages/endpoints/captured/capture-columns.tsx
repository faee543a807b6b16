import type { MouseEvent } from 'react';
import { useUrlState } from '../../../components/url-state.ts';
import { shortNumber } from '../../../components/format.ts';
import type { GridColumn } from '../../../components/grid/grid-types.ts';
import { Time } from '../../../components/time.tsx';
import { text } from '../../../text/endpoints.ts';
import { shortUri } from '../served.ts';
import type { CaptureRow } from './capture-rows.ts';

const words = text.captured.columns;

function OpenLink({ row: { capture } }: { row: CaptureRow }) {
  const [, setUrl] = useUrlState();
  return (
    <button
      type="button"
      className="link-button"
      tabIndex={-1}
      onClick={(event: MouseEvent) => {
        event.stopPropagation();
        setUrl({ capture: capture.id });
      }}
    >
      <Time at={capture.time} />
    </button>
  );
}

/** What stands of every request, then the inputs by their names. */
export function captureColumns(inputs: readonly string[], rows: readonly CaptureRow[]): GridColumn<CaptureRow>[] {
  const anyWhole = rows.some(({ whole }) => whole !== '');
  return [
    { key: ' time', title: words.time, width: 120, sortable: false, cell: (row) => <OpenLink row={row} /> },
    {
      key: ' version',
      title: words.version,
      width: 120,
      sortable: false,
      cell: ({ capture: { model_uri: uri } }) => (uri === undefined || uri === '' ? '' : shortUri(uri)),
    },
    {
      key: ' status',
      title: words.status,
      width: 64,
      align: 'end',
      sortable: false,
      cell: ({ capture: { status } }) => <span className={status >= 400 ? 'endpoint-bad' : ''}>{status}</span>,
    },
    {
      key: ' latency',
      title: words.latency,
      width: 76,
      align: 'end',
      sortable: false,
      cell: ({ capture: { latency_ms: latency } }) => shortNumber(latency),
    },
    {
      key: ' prediction',
      title: words.prediction,
      width: 220,
      sortable: false,
      cell: ({ prediction, capture: { status } }) => (
        <span className={status >= 400 ? 'endpoint-bad' : 'captured-prediction'} title={prediction}>
          {prediction}
        </span>
      ),
    },
    ...(anyWhole
      ? [
          {
            key: ' request',
            title: words.request,
            width: 320,
            sortable: false,
            cell: ({ whole }: CaptureRow) => (
              <code className="dim" title={whole}>
                {whole}
              </code>
            ),
          },
        ]
      : []),
    ...inputs.map((name): GridColumn<CaptureRow> => ({
      key: name,
      title: name,
      width: Math.max(90, Math.min(220, 30 + 8 * name.length)),
      align: 'end',
      sortable: false,
      cell: ({ cells }) => <span title={cells?.get(name)}>{cells?.get(name)}</span>,
    })),
  ];
}
