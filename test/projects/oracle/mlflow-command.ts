/** mlflow's command line in one Python process: importing it takes longer than all calls. */
import { join } from 'node:path';
import { cleanEnvironment } from '../../support/start-server.ts';
import type { Call } from './side.ts';

const bin = join(import.meta.dir, '../../../.venv/bin');

export class MlflowCommand implements AsyncDisposable {
  readonly #process: Bun.Subprocess<'pipe', 'pipe', 'ignore'>;
  readonly #answers: AsyncGenerator<string, void>;

  private constructor(folder: string) {
    // The process ends with its input, so with the tests.
    this.#process = Bun.spawn([join(bin, 'python'), join(import.meta.dir, 'mlflow_runs.py')], {
      cwd: folder,
      env: environment(),
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'ignore',
    });
    this.#answers = lines(this.#process.stdout);
  }

  static async start(folder: string): Promise<MlflowCommand> {
    const command = new MlflowCommand(folder);
    await command.#answers.next();
    return command;
  }

  async run({ args, ...call }: Call): Promise<{ code: number; said: string }> {
    void this.#process.stdin.write(
      `${JSON.stringify({ ...call, args: ['run', '--env-manager', 'local', ...args] })}\n`,
    );
    await this.#process.stdin.flush();
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error('the process of mlflow has ended');
    return JSON.parse(answer.value) as { code: number; said: string };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#process.exited;
  }
}

/** Projects find `python` and `mlflow`. */
export function environment(): Record<string, string | undefined> {
  return { ...cleanEnvironment(), PATH: `${bin}:${process.env['PATH']}`, PYTHONWARNINGS: 'ignore' };
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}
