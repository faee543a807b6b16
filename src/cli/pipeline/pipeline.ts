import { group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import { build } from './build.ts';
import { withEnvFlags } from './flags.ts';
import { plot } from './plot.ts';
import { report } from './report.ts';
import { scaffold } from './scaffold.ts';
import { status } from './status.ts';
import { task } from './task.ts';

const actions = [build, status, plot, report, task, scaffold];

export const pipelineCommand = group('pipeline', summaryOf('pipeline'), actions.map(withEnvFlags));
