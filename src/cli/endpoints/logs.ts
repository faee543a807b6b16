import { getEndpointLogs } from '../../protocol/endpoints.ts';
import type { Decoded } from '../../protocol/schema.ts';
import { call } from '../../sdk/call.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { harmless } from '../output/terminal.ts';
import { nameFlag, numberOf } from './flags.ts';

/** Milliseconds between looks for more. */
const look = 1000;
const units: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

export const logs = action({
  name: 'logs',
  summary: 'show what an endpoint and its processes wrote',
  flags: {
    ...nameFlag,
    lines: { type: 'string', short: 'l', value: 'N', fallback: '200', meaning: 'the last so many lines' },
    since: { type: 'string', value: 'TIME', meaning: 'none from before: 10min, 2h, 1d, or an ISO time' },
    follow: { type: 'boolean', short: 'f', meaning: 'go on with what comes, until Ctrl+C' },
  },
  example: 'modelyard endpoints logs -n churn --since 10min --follow',
  async run({ name, lines: most = '200', since, follow }, out) {
    const settings = settingsOf();
    const request = {
      name,
      max_lines: numberOf('lines', most),
      since: since === undefined ? undefined : timeOf(since),
    };
    let after: number | bigint = 0;
    for (;;) {
      const answer: Decoded<(typeof getEndpointLogs)['response']> = await call(settings, getEndpointLogs, {
        ...request,
        after_id: after,
      });
      const { lines } = answer;
      after = lines.at(-1)?.id ?? after;
      if (out.json && follow !== true) {
        out.details(lines, []);
        return;
      }
      for (const line of lines) {
        const time = new Date(Number(line.time)).toISOString();
        const text = out.json ? JSON.stringify(line) : harmless(`${time} ${line.source}: ${line.text}`);
        process.stdout.write(`${text}\n`);
      }
      if (follow !== true) return;
      await Bun.sleep(look);
    }
  },
});

function timeOf(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})(s|min|h|d)$/.exec(text) ?? [];
  const time = count === undefined ? Date.parse(text) : Date.now() - Number(count) * (units[unit] ?? 0);
  if (Number.isFinite(time)) return time;
  throw new CommandError(`--since takes 30s, 10min, 2h, 1d or an ISO time, not '${text}'`, 2);
}
