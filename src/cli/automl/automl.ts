import { group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import { extend, stop } from './control.ts';
import { describe } from './describe.ts';
import { leaderboard } from './leaderboard.ts';
import { register } from './register.ts';
import { reproduce } from './reproduce.ts';
import { resume, searchActions } from './search.ts';
import { session } from './session.ts';

export const automlCommand = group('automl', summaryOf('automl'), [
  ...searchActions,
  leaderboard,
  register,
  stop,
  extend,
  resume,
  reproduce,
  describe,
  session,
]);
