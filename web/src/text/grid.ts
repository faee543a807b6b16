export const text = {
  selectRow: 'Select this row',
  selectAll: 'Select every row',
  selection: 'Selection',
  newAbove: (rows: string) => `${rows} new above`,
} as const;
