/** Two texts side by side. */
export const text = {
  label: (left: string, right: string) => `${left} against ${right}`,
  folded: (rows: string) => `${rows} equal lines`,
  same: 'No differences.',
  lineEnds: 'Only the line ends differ.',
  counts: (added: string, removed: string, changed: string) => `${added} added, ${removed} removed, ${changed} changed`,
  marks: { added: 'added', removed: 'removed', changed: 'changed' },
} as const;
