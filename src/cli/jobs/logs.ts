import { settingsOf } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { jobFlag } from './flags.ts';
import { follow, print, writeLog } from './follow.ts';

export const logs = action({
  name: 'logs',
  summary: 'show what a job wrote',
  flags: {
    ...jobFlag,
    bytes: { type: 'string', short: 'c', value: 'N', fallback: 'all', meaning: 'the last so many bytes' },
    follow: { type: 'boolean', short: 'f', meaning: 'go on with what comes, until the job has ended' },
  },
  example: 'modelyard jobs logs 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31 --follow',
  async run({ 'job-id': id, bytes, follow: isFollowed }, out) {
    if (bytes !== undefined && !/^\d{1,12}$/.test(bytes)) {
      throw new CommandError(`--bytes takes a number, not '${bytes}'`, 2);
    }
    const from = bytes === undefined ? 0 : -Number(bytes);
    let whole = '';
    const write = (text: string): void => {
      if (out.json) whole += text;
      else print(text);
    };
    if (isFollowed === true) await follow(settingsOf(), id, { from, write, out });
    else await writeLog(settingsOf(), id, from, write);
    if (out.json) out.details({ job_id: id, text: whole }, []);
  },
});
