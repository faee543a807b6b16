/** The runs of the table in their order, for the previous and next buttons of a run's page. */
const key = 'modelyard.run-order';
const most = 2000;

export function keepRunOrder(
  address: string,
  rowAt: (index: number) => { run_id: string } | undefined,
  total: number,
): void {
  const ids: string[] = [];
  for (let i = 0; i < Math.min(total, most); i++) {
    const row = rowAt(i);
    if (row) ids.push(row.run_id);
  }
  try {
    sessionStorage.setItem(key, JSON.stringify({ address, ids }));
  } catch {
    // Without room the buttons are simply not there.
  }
}
