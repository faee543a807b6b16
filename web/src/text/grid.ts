export const text = {
  selectRow: (name: string | undefined) => (name ? `Select ${name}` : 'Select this row'),
  selectAll: 'Select every row',
  selection: 'Selection',
  newAbove: (rows: string) => `${rows} new above`,
} as const;
