import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import type { Cell } from '../../../src/automl/notebook/cell.ts';
import { startNotebookRunner } from '../../../src/automl/worker/notebook-runner.ts';
import type { NotebookEnd, NotebookRun, NotebookRunner } from '../../../src/automl/worker/worker.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { within } from '../../support/within.ts';
import { endlessSearch } from './endless-search.ts';
import { isGone } from './is-gone.ts';

const megabyte = 2 ** 20;
/** Until which each of these must have ended, however busy the machine is. */
const bound = 60_000;

let folder: string;
let python: string;
let runner: NotebookRunner;

beforeAll(async () => {
  folder = freshFolder();
  python = await automlPython({ onProgress: () => undefined });
  const imports = ['numpy', 'pandas', 'sklearn.linear_model', 'lightgbm', 'mlflow.sklearn', 'matplotlib.pyplot'];
  const warmUp = 'import numpy\nnumpy.warmed_up = True';
  runner = await startNotebookRunner({ python, imports, warmUp, environment: { OF_ALL: 'told' } });
}, 600_000);

afterAll(async () => {
  await runner.close();
  removeFolder(folder);
});

interface Wish extends Partial<Omit<NotebookRun, 'notebook'>> {
  readonly results?: readonly string[];
}

function run(
  cells: readonly (string | Cell)[],
  { results = [], ...more }: Wish = {},
  by = runner,
): Promise<NotebookEnd> {
  const whole = cells.map((one, at) =>
    typeof one === 'string' ? ({ id: `cell-${at}`, kind: 'code', source: one } as const) : one,
  );
  const usual = { skip: [], folder, environment: {}, threads: 1, memory: 1024 * megabyte };
  const notebook = { name: 'test', cells: whole, results };
  return within(bound, by.run({ notebook, ...usual, deadline: Date.now() + bound, ...more }));
}

/** Python that takes as long to be warm as imports do on a busy machine, and says which process it is. */
function endlessWarmUp(): string {
  const file = join(folder, 'warming-up');
  rmSync(file, { force: true });
  return `import os, pathlib, time
pathlib.Path("${file}.half").write_text(str(os.getpid()))
os.rename("${file}.half", "${file}")
time.sleep(1000)`;
}

/** The process of that. */
async function warmingUp(): Promise<number> {
  const file = join(folder, 'warming-up');
  for (const end = Date.now() + bound; Date.now() < end; await Bun.sleep(25)) {
    if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
  }
  throw new Error('it did not begin');
}

test(
  'many that end at a time all end well',
  async () => {
    const ends = await Promise.all(Array.from({ length: 80 }, () => run(['1'])));
    expect(ends.filter(({ status }) => status !== 'finished').map(({ message }) => message)).toEqual([]);
  },
  2 * bound,
);

test(
  'time to run counts from when Python is ready',
  async () => {
    const warmUp = 'import time\ntime.sleep(3)';
    const slow = await startNotebookRunner({ python, imports: [], warmUp, environment: {} });
    try {
      expect(await run(['1'], { most: 2000 }, slow)).toMatchObject({ status: 'finished' });
      expect(await run(['import time\ntime.sleep(60)'], { most: 1000 }, slow)).toMatchObject({
        status: 'timeout',
        message: 'Its time was up.',
      });
    } finally {
      await slow.close();
    }
  },
  bound,
);

test(
  'a runner that is closed while it warms up leaves nothing in the temporary folder',
  async () => {
    const before = new Set(readdirSync(tmpdir()));
    const warmUp = `import pathlib, tempfile\npathlib.Path(tempfile.mkdtemp(), "model").write_text("x")\n${endlessWarmUp()}`;
    const slow = await startNotebookRunner({ python, imports: [], warmUp, environment: {} });
    const pid = await warmingUp();
    await slow.close();
    await isGone(pid);
    const left = readdirSync(tmpdir()).filter((name) => !before.has(name) && /^(tmp|modelyard-automl-)/.test(name));
    expect(left).toEqual([]);
  },
  bound,
);

type Output = Readonly<Record<string, unknown>>;

function outputsOf({ text }: NotebookEnd): readonly Output[][] {
  const { cells } = JSON.parse(text) as { cells: { outputs?: Output[] }[] };
  return cells.map(({ outputs = [] }) => outputs);
}

/** A run that is ended as soon as its last cell has begun. */
async function runUntilEnded(cells: readonly string[]): Promise<NotebookEnd> {
  const ending = new AbortController();
  const onCell = (index: number): void => {
    if (index === cells.length - 1) ending.abort();
  };
  return run(cells, { signal: ending.signal, onCell });
}

describe('a notebook that finishes', () => {
  test('leaves its results as JSON has them', async () => {
    const values = `import numpy as np, pandas as pd
metrics = {"auc": np.float64(0.5), "none": float("nan"), "far": np.inf, 3: np.int64(2), "sure": np.bool_(True)}
rows = np.arange(4).reshape(2, 2)
series = pd.Series([1.5, None])`;
    const end = await run([values, 'other = 1'], { results: ['metrics', 'rows', 'series', 'nothing'] });
    expect(end).toMatchObject({ status: 'finished', message: '', traceback: '', failedCell: undefined });
    expect(end.results).toEqual({
      metrics: { auc: 0.5, none: null, far: null, 3: 2, sure: true },
      rows: [
        [0, 1],
        [2, 3],
      ],
      series: [1.5, null],
    });
    expect(end.seconds).toBeGreaterThan(0);
    expect(end.cpuSeconds).toBeGreaterThan(0);
    expect(end.peakBytes).toBeGreaterThan(10 * megabyte);
  });

  test('keeps what its cells showed, in order', async () => {
    const end = await run([
      { id: 'title', kind: 'markdown', source: '# Title' },
      'import sys\nprint("one")\nprint("two", file=sys.stderr)\nprint("three")\n1 + 1',
      'import pandas as pd\ndisplay(pd.DataFrame({"a": [1]}))',
      'import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title("Line");',
      'import os\nos.write(1, b"{by the system\\n")\nos.system("echo by a program")\nNone',
    ]);
    expect([end.status, end.message, end.traceback]).toEqual(['finished', '', '']);
    const [, printed, table, figure, native] = outputsOf(end);
    expect(printed).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'one\n' },
      { output_type: 'stream', name: 'stderr', text: 'two\n' },
      { output_type: 'stream', name: 'stdout', text: 'three\n' },
      { output_type: 'execute_result', execution_count: 1, metadata: {}, data: { 'text/plain': '2' } },
    ]);
    expect(table?.[0]?.['data']).toMatchObject({ 'text/html': expect.stringContaining('<table') as string });
    expect(figure?.[0]?.['data']).toMatchObject({ 'image/png': expect.stringMatching(/^iVBOR/) as string });
    expect(native).toEqual([{ output_type: 'stream', name: 'stderr', text: '{by the system\nby a program\n' }]);
  });

  test('keeps neither large pictures nor endless text', async () => {
    const end = await run([
      'from IPython.display import Image\nimport os\ndisplay(Image(os.urandom(2_000_000), format="png"))',
      'for _ in range(3000):\n    print("x" * 1000)',
    ]);
    expect(end.status).toBe('finished');
    expect(end.text.length).toBeLessThan(1_100_000);
  });

  test('begins in its folder, with its environment and threads, and nothing of ours', async () => {
    const source = `import os, sys, numpy, threadpoolctl
pools = {pool["num_threads"] for pool in threadpoolctl.threadpool_info()}
seen = [os.getcwd(), os.environ["OF_ALL"], os.environ["OF_ONE"], os.environ["OMP_NUM_THREADS"], list(pools), numpy.warmed_up]
try:
    import modelyard_automl
except ModuleNotFoundError:
    seen.append("not found")
def own(): pass
seen.append(own.__module__)`;
    const end = await run([source], { threads: 2, environment: { OF_ONE: 'too' }, results: ['seen'] });
    expect(end.results['seen']).toEqual([folder, 'told', 'too', '2', [2], true, 'not found', '__main__']);
  });

  test('passes over cells by their tags, and tells of each that begins', async () => {
    const begun: number[] = [];
    const last = { id: 'use', kind: 'code', source: 'raise ValueError', tags: ['inference'] } as const;
    const text = { id: 'text', kind: 'markdown', source: 'Some text.' } as const;
    const end = await run(['a = 1', text, 'b = 2', last], {
      skip: ['inference'],
      onCell: (index) => begun.push(index),
    });
    expect([end.status, begun]).toEqual(['finished', [0, 2]]);
  });

  test('sees nothing of another', async () => {
    await run(['left = 1\nimport numpy\nnumpy.left = 1']);
    const end = await run(['import numpy\nthere = "left" in globals() or hasattr(numpy, "left")'], {
      results: ['there'],
    });
    expect(end.results).toEqual({ there: false });
  });

  test('leaves a model that loads elsewhere, with its own functions in it', async () => {
    const model = join(folder, 'model.pkl');
    const source = `import cloudpickle, numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
def doubled(values): return np.multiply(2, values)
model = make_pipeline(FunctionTransformer(doubled), LinearRegression()).fit(np.arange(3).reshape(-1, 1), [0, 1, 2])
with open("model.pkl", "wb") as out: cloudpickle.dump(model, out)`;
    expect((await run([source])).status).toBe('finished');
    const load = 'import pickle, sys; print(round(pickle.load(open(sys.argv[1], "rb")).predict([[7]])[0], 6))';
    const loaded = Bun.spawnSync([python, '-c', load, model], { cwd: folder });
    expect(loaded.stdout.toString()).toBe('7.0\n');
  });
});

describe('a notebook that fails', () => {
  test('tells where, and keeps what was shown before', async () => {
    const end = await run([
      'print("before")',
      'def half(x):\n    return x / 0\nprint("here")\nhalf(1)',
      'print("after")',
    ]);
    expect(end).toMatchObject({ status: 'error', message: 'ZeroDivisionError: division by zero', failedCell: 1 });
    expect(end.traceback).toContain('Cell In[2], line 2');
    expect(end.traceback).not.toContain('\u001b');
    expect(outputsOf(end).map((all) => all.map((one) => one['output_type']))).toEqual([
      ['stream'],
      ['stream', 'error'],
      [],
    ]);
  });

  const failures: Readonly<Record<string, readonly [source: string, status: NotebookEnd['status'], message: RegExp]>> =
    {
      'is not Python': ['x = (', 'error', /^SyntaxError: /],
      'crashes in C': ['import ctypes\nctypes.string_at(0)', 'error', /crashed \(SIGSEGV\)/],
      'ends its process': ['import os\nos._exit(3)', 'error', /exit code 3/],
      'asks to exit': ['import sys\nsys.exit("enough")', 'error', /^SystemExit: enough/],
      'asks for 20 GB': ['block = bytearray(20 * 2**30)', 'memory', /more than the 1024 MB/],
      'asks numpy for 20 GB': ['import numpy\nblock = numpy.ones(20 * 2**27)', 'memory', /more than the 1024 MB/],
      'asks for more and more': [
        'all = []\nwhile True:\n    all.append(bytearray(2**26))',
        'memory',
        /more than the 1024 MB/,
      ],
      'is killed by the system': [
        'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)',
        'memory',
        /the system ended/,
      ],
      'writes into the protocol': ['import os\nos.write(1, b"{\\n{}\\n")\nos.abort()', 'error', /SIGABRT/],
    };
  for (const [name, [source, status, message]] of Object.entries(failures)) {
    test(`because it ${name} says so`, async () => {
      const end = await run(['print("before")', source]);
      expect(end).toMatchObject({
        status,
        message: expect.stringMatching(message) as string,
        failedCell: 1,
        results: {},
      });
      expect(outputsOf(end)[0]).toMatchObject([{ text: 'before\n' }]);
    });
  }

  test('in C tells the line where it was', async () => {
    const end = await run(['import ctypes\n\nctypes.string_at(0)']);
    expect(end.traceback).toMatch(/Segmentation fault[\s\S]*ipython-input-1-\w+>", line 3/);
    expect(end.traceback).not.toContain('zygote');
  });
});

describe('a notebook is ended', () => {
  const endless: Readonly<Record<string, string>> = {
    'that sleeps': 'import time\nprint("sleeping")\ntime.sleep(1000)',
    'in an endless loop': 'while True: pass',
    'in an endless loop in C': 'import re\nre.match("(a+)+b", "a" * 60)',
    'that does not want to': 'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
    'that waits for a program': 'import subprocess\nsubprocess.run(["sleep", "1000"])',
  };
  for (const [name, source] of Object.entries(endless)) {
    test.concurrent(`${name}, on a wish`, async () => {
      const end = await runUntilEnded(['print("before")', source]);
      expect(end).toMatchObject({ status: 'killed', failedCell: 1 });
      expect(outputsOf(end)[0]).toMatchObject([{ text: 'before\n' }]);
    });
  }

  test('at its deadline', async () => {
    await run(['1']);
    const deadline = Date.now() + 5000;
    const end = await run(['import time\nprint("sleeping")', 'while True: time.sleep(1)'], { deadline });
    expect(end).toMatchObject({ status: 'timeout', failedCell: 1 });
    expect(Date.now() - deadline).toBeLessThan(10_000);
    expect(outputsOf(end)[0]).toMatchObject([{ text: 'sleeping\n' }]);
  });

  test('before it begins when there is no time left, or no wish', async () => {
    expect((await run(['1'], { deadline: Date.now() - 1 })).status).toBe('timeout');
    expect((await run(['1'], { signal: AbortSignal.abort() })).status).toBe('killed');
  });

  test('with all that it has started, in groups of their own too', async () => {
    const source = `import subprocess
own = subprocess.Popen(["sleep", "1000"])
other = subprocess.Popen(["sleep", "1000"], start_new_session=True)
pids = [own.pid, other.pid]`;
    const { status, results } = await run([source], { results: ['pids'] });
    expect(status).toBe('finished');
    for (const pid of results['pids'] as number[]) expect(await isGone(pid)).toBe(true);
  });
});

describe('the process that notebooks are forks of', () => {
  test('has one thread', async () => {
    // A fork has the thread that forks alone, and locks that others held stay locked.
    const source = 'import os\nthreads = len(os.listdir(f"/proc/{os.getppid()}/task"))';
    expect((await run([source], { results: ['threads'] })).results).toEqual({ threads: 1 });
  });

  test('is started again when it was killed', async () => {
    const own = await startNotebookRunner({ python, imports: [], environment: {} });
    try {
      // The output of the first cell is here when the second one is known to have begun.
      const onCell = (index: number): void => {
        if (index === 1) process.kill(Number(readFileSync(join(folder, 'parent'), 'utf8')), 'SIGKILL');
      };
      const source =
        'import os\nfrom pathlib import Path\nn = Path("parent").write_text(str(os.getppid()))\nprint("before")';
      const lost = await run([source, 'while True: pass'], { onCell }, own);
      expect(lost).toMatchObject({ status: 'killed', message: expect.stringContaining('SIGKILL') as string });
      expect(outputsOf(lost)[0]).toMatchObject([{ text: 'before\n' }]);
      expect(await run(['x = 1'], { results: ['x'] }, own)).toMatchObject({ status: 'finished', results: { x: 1 } });
    } finally {
      await own.close();
    }
  });

  test('says what cannot be imported', async () => {
    const own = await startNotebookRunner({ python, imports: ['json', 'no_such_module'], environment: {} });
    expect(run(['1'], {}, own)).rejects.toThrow(/cannot import no_such_module \(ModuleNotFoundError/);
    await own.close();
  });

  test('ends what runs when it is closed', async () => {
    const own = await startNotebookRunner({ python, imports: [], environment: {} });
    const begun = Promise.withResolvers<void>();
    const running = run(['import time\ntime.sleep(1000)'], { onCell: () => begun.resolve() }, own);
    await within(bound, Promise.race([begun.promise, running]));
    await own.close();
    expect((await running).status).toBe('killed');
    expect((await run(['1'], {}, own)).status).toBe('killed');
  });

  test('ends at once when it is closed while it still imports', async () => {
    const own = await startNotebookRunner({ python, imports: [], warmUp: endlessWarmUp(), environment: {} });
    const running = run(['1'], {}, own);
    const pid = await warmingUp();
    const asked = Date.now();
    await own.close();
    expect(Date.now() - asked).toBeLessThan(1000);
    expect(await isGone(pid)).toBe(true);
    expect((await running).status).toBe('killed');
  });

  test('ends with us while it still imports', async () => {
    const child = Bun.spawn([process.execPath, endlessSearch, python, folder, endlessWarmUp()], { stderr: 'inherit' });
    const pid = await warmingUp();
    child.kill('SIGKILL');
    expect(await isGone(pid)).toBe(true);
  });

  test('ends with us, and all that it has started', async () => {
    const child = Bun.spawn([process.execPath, endlessSearch, python, folder], { stdout: 'pipe', stderr: 'inherit' });
    const reader = child.stdout.getReader();
    const { value } = await within(bound, reader.read());
    const pids = JSON.parse(new TextDecoder().decode(value)) as number[];
    child.kill('SIGKILL');
    expect(pids).toHaveLength(3);
    for (const pid of pids) expect(await isGone(pid)).toBe(true);
  });
});
