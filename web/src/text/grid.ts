export const text = {
  selectRow: 'Select this row',
  selectAll: 'Select every row',
  selection: 'Selection',
} as const;
