import type { Measured } from './figures.ts';

interface Figure {
  readonly key: string;
  /** With # for the number of runs searched. */
  readonly label: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher' | 'neither';
  /** The goal: how many times better than mlflow. */
  readonly goal?: number;
}

const figures: readonly Figure[] = [
  { key: 'start', label: 'start to first answer', unit: 's', better: 'lower', goal: 50 },
  { key: 'idle', label: 'idle memory', unit: 'MiB', better: 'lower', goal: 15 },
  { key: 'logMetric', label: 'log-metric, 16 connections', unit: '/s', better: 'higher', goal: 200 },
  { key: 'logMetricP50', label: 'log-metric, median', unit: 'ms', better: 'lower' },
  { key: 'logMetricP99', label: 'log-metric, 99th percentile', unit: 'ms', better: 'lower' },
  { key: 'logBatch', label: 'log-batch of 500 new points', unit: 'points/s', better: 'higher', goal: 100 },
  { key: 'logBatchP50', label: 'log-batch, median', unit: 'ms', better: 'lower' },
  { key: 'fillRuns', label: 'create and fill runs', unit: 'runs/s', better: 'higher', goal: 30 },
  { key: 'searchFiltered@', label: 'filtered, ordered search of # runs', unit: 'ms', better: 'lower', goal: 30 },
  { key: 'searchRate@', label: 'filtered, ordered searches of # runs', unit: '/s', better: 'higher', goal: 30 },
  { key: 'searchNewest@', label: 'newest 100 of # runs', unit: 'ms', better: 'lower' },
  { key: 'searchPage1000@', label: 'page of 1,000 of # runs', unit: 'ms', better: 'lower' },
  { key: 'getRun', label: 'get-run, 8 connections', unit: '/s', better: 'higher' },
  { key: 'history-aligned', label: 'history of 100,000 points', unit: 'ms', better: 'lower', goal: 20 },
  { key: 'history-restarted', label: 'the same, clock not in step order', unit: 'ms', better: 'lower', goal: 20 },
  { key: 'historySampled', label: 'history sampled to 320 points', unit: 'ms', better: 'lower' },
  { key: 'upload', label: 'artifact upload', unit: 'MiB/s', better: 'higher' },
  { key: 'download', label: 'artifact download', unit: 'MiB/s', better: 'higher' },
  { key: 'artifactPeak', label: 'peak memory with artifacts', unit: 'MiB', better: 'lower' },
  { key: 'end', label: 'memory at the end', unit: 'MiB', better: 'lower' },
  { key: 'accepted', label: 'points and runs accepted', unit: '', better: 'neither' },
  { key: 'missing', label: 'of these missing afterwards', unit: '', better: 'neither' },
];

/** The table in Markdown: a row for each figure, the systems' values, how many times better than the first each is. */
export function table(results: readonly Measured[]): string {
  const [baseline, ...others] = results;
  const ours = results.find(({ system }) => system === 'modelyard');
  const peer = others.find(({ system }) => system !== 'modelyard');
  const pairs = others.map((other): readonly [Measured, Measured | undefined] => [other, baseline]);
  if (ours && peer && peer !== ours) pairs.push([ours, peer]);
  const header = [
    'figure',
    'unit',
    ...results.map(({ system }) => system),
    ...pairs.map(([one, other]) => `${one.system} : ${other?.system ?? ''}`),
    'goal',
  ];
  const rows = expanded(results).map((figure) => {
    const values = results.map(({ values }) => values.get(figure.key));
    const ratios = pairs.map(([one, other]) =>
      ratio(figure, one.values.get(figure.key), other?.values.get(figure.key)),
    );
    const reached = ratio(figure, ours?.values.get(figure.key), baseline?.values.get(figure.key));
    return [
      figure.label,
      figure.unit,
      ...values.map(amount),
      ...ratios.map((times) => (times === undefined ? '' : `${amount(times)}x`)),
      verdict(figure, baseline?.system === 'mlflow' ? reached : undefined),
    ];
  });
  return aligned([header, ...rows]);
}

/** The figures that were measured, those of searches once for each number of runs. */
function expanded(results: readonly Measured[]): Figure[] {
  const keys = new Set(results.flatMap(({ values }) => [...values.keys()]));
  const counts = [...keys].flatMap((key) => (key.includes('@') ? [Number(key.split('@')[1])] : []));
  const ascending = [...new Set(counts)].sort((a, b) => a - b);
  return figures
    .flatMap((figure) => {
      if (!figure.key.endsWith('@')) return [figure];
      return ascending.map((count) => ({
        ...figure,
        key: figure.key + count,
        label: figure.label.replace('#', count.toLocaleString('en')),
      }));
    })
    .filter(({ key }) => keys.has(key));
}

function ratio(figure: Figure, value: number | undefined, base: number | undefined): number | undefined {
  if (value === undefined || base === undefined || figure.better === 'neither') return undefined;
  return figure.better === 'higher' ? value / base : base / value;
}

function verdict({ goal }: Figure, reached: number | undefined): string {
  if (goal === undefined) return '';
  if (reached === undefined) return `${goal}x`;
  return `${goal}x ${reached >= goal ? 'reached' : 'MISSED'}`;
}

export function amount(value: number | undefined): string {
  if (value === undefined) return '-';
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string =>
    column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const lines = rows.map((row) => `| ${row.map(pad).join(' | ')} |`);
  const rule = `| ${widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
