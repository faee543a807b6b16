import { withoutPassword } from '../common/without-password.ts';
import { sync, type SyncedJournal } from '../sdk/node/index.ts';
import { action, single } from './action.ts';
import { summaryOf } from './client-command-names.ts';
import type { Column } from './output/table.ts';
import { startProgress } from './output/progress.ts';

const columns: readonly Column<SyncedJournal>[] = [
  { title: 'RUN', cell: ({ runId, file }) => runId || file, whole: true },
  { title: 'POINTS', cell: ({ points }) => points, whole: true },
  { title: 'STATE', cell: ({ state }) => state, colour: ({ state }) => colours[state], whole: true },
  { title: 'SERVER', cell: ({ trackingUri }) => withoutPassword(trackingUri) },
  { title: 'WHY', cell: ({ reason }) => reason, optional: true },
];

const colours = { sent: 'green', busy: 'yellow', waiting: 'yellow', refused: 'red', damaged: 'red' } as const;

export const syncCommand = single(
  action({
    name: 'sync',
    summary: summaryOf('sync'),
    detail: `Metrics that the SDK could not send are kept in a folder: MODELYARD_SPOOL, or ~/.modelyard/spool. Each goes to the
server that it was logged to, or to that of --tracking-uri; a point that is there already counts once. Exit code 1 when
something could not be sent: it stays in the folder.`,
    flags: {
      folder: { type: 'string', value: 'FOLDER', variable: 'MODELYARD_SPOOL', meaning: 'where the metrics wait' },
    },
    example: 'modelyard sync',
    async run(given, out) {
      const progress = startProgress('Sending', (count) => `${count} points`);
      try {
        const done = await sync({
          folder: given.folder,
          trackingUri: given['tracking-uri'],
          onProgress: (sent, all, runId) => {
            progress.at(sent, all, `run ${runId}`);
          },
        });
        progress.end();
        out.list(done, columns, 'Nothing waits to be sent.');
        const failed = done.filter(({ state }) => state !== 'sent' && state !== 'busy');
        for (const { file, reason } of failed) out.note(`${file} stays: ${reason}`);
        return failed.length === 0 ? 0 : 1;
      } finally {
        progress.end();
      }
    },
  }),
);
