/** The plots of a trial: the numbers where they are there, else the picture. */
import { queryOptions } from '@tanstack/react-query';
import type { Plot } from '../../../src/protocol/automl-plots.ts';
import { trialFiles } from '../../../src/protocol/automl-record.ts';
import { downloadUrl, listing } from './artifacts.ts';
import { ApiFailure, failureOf, reach } from './client.ts';
import { readPlot } from './plot.ts';
import { queryClient } from './query-client.ts';

export type { Plot };

export interface ShownPlot {
  /** File name without ending. */
  readonly name: string;
  readonly plot: Plot | undefined;
  /** Address of the picture. */
  readonly picture: string | undefined;
}

/** What matters most first; others by name. */
const order = [
  'importance',
  'forecast',
  'confusion_matrix',
  'roc',
  'precision_recall',
  'predicted',
  'residuals',
  'calibration',
];

export function plotsOf(runId: string) {
  return queryOptions({
    queryKey: ['run', runId, 'automl', 'plots'],
    queryFn: async ({ signal }): Promise<readonly ShownPlot[]> => {
      const entries = await queryClient.query(listing(runId, trialFiles.plots)).catch((error: unknown) => {
        if (error instanceof ApiFailure && error.status === 404) return [];
        throw error;
      });
      const files = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name);
      const names = [...new Set(files.map((file) => file.replace(/\.\w+$/, '')))];
      const place = (name: string): number => (order.indexOf(name) + order.length + 1) % (order.length + 1);
      const plots = names.toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
      return Promise.all(
        plots.map(async (name) => {
          const picture = files.find((file) => file.startsWith(`${name}.`) && /\.(png|svg|jpe?g)$/i.test(file));
          return {
            name,
            plot: files.includes(`${name}.json`) ? await plotAt(runId, `${name}.json`, signal) : undefined,
            picture: picture && downloadUrl(runId, `${trialFiles.plots}/${picture}`),
          };
        }),
      );
    },
  });
}

async function plotAt(runId: string, file: string, signal: AbortSignal): Promise<Plot | undefined> {
  const response = await reach(downloadUrl(runId, `${trialFiles.plots}/${file}`), { signal });
  if (!response.ok) throw await failureOf(response);
  return readPlot(await response.json().catch(() => undefined));
}
