/** The switch between the table of runs and their charts. */
export const text = {
  label: 'Runs as a table or as charts',
  views: { runs: 'Runs', charts: 'Charts' },
} as const;
