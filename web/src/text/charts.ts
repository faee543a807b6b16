/** Words inside charts. */
export const text = {
  kind: 'line chart',
  noData: 'No points.',
  noDataInRange: 'No points in this range.',
  onlyGaps: 'Every value is NaN or infinite.',
  onlyNegative: 'No value above 0 for a logarithmic axis.',
  sampled: (points: string, total: string): string => `Sampled ${points} of ${total} points`,
  notFinite: (n: string): string => `${n} NaN or infinite`,
  notPositive: (n: string): string => `${n} not above 0, left out`,
  onePoint: 'One point',
  step: 'Step',
  time: 'Time',
  relative: 'Since start',
  value: 'Value',
  summary: (name: string, points: string, first: string, last: string, min: string, max: string): string =>
    `${name}: ${points} points, from ${first} to ${last}, lowest ${min}, highest ${max}.`,
  summaryOf: (lines: string, parts: string): string => `${lines} lines. ${parts}`,
  keys: 'Arrow keys read points, + and - zoom, Escape resets.',
  more: (n: string): string => `and ${n} more`,
  table: (name: string): string => `Points of ${name}`,
} as const;
