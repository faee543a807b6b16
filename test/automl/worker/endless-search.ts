/**
 * Runs a notebook that does not end, and prints the ids of its process, of the one it is a fork of, and of one it has started.
 * A fourth argument is what warms Python up before that.
 */
import { startNotebookRunner } from '../../../src/automl/worker/notebook-runner.ts';

const [, , python = '', folder = '', warmUp = ''] = process.argv;
const source = `import json, os, pathlib, subprocess
sleeper = subprocess.Popen(["sleep", "1000"], start_new_session=True)
pathlib.Path("pids.half").write_text(json.dumps([os.getpid(), os.getppid(), sleeper.pid]))
os.rename("pids.half", "pids.json")`;
const cells = [source, 'while True: pass'].map((text, at) => ({
  id: `cell-${at}`,
  kind: 'code' as const,
  source: text,
}));

async function search(): Promise<void> {
  const runner = await startNotebookRunner({ python, imports: [], warmUp, environment: {} });
  const onCell = (index: number): void => {
    if (index === 1)
      void Bun.file(`${folder}/pids.json`)
        .text()
        .then((text) => Bun.write(Bun.stdout, text));
  };
  const limits = { threads: 1, memory: 2 ** 30, deadline: Date.now() + 120_000 };
  await runner.run({
    notebook: { name: 'endless', cells, results: [] },
    skip: [],
    folder,
    environment: {},
    ...limits,
    onCell,
  });
}

export const endlessSearch = import.meta.path;

if (import.meta.main) void search();
