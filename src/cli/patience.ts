/** Lines that say that work goes on, from a thread of its own: the work holds this one until it is done. */

export interface Patience {
  /** What is being done now. */
  readonly at: (step: string) => void;
  readonly end: () => void;
}

export interface PatienceOptions {
  /** Milliseconds until a step is told to take long, and between the lines that follow. */
  readonly first: number;
  readonly every: number;
  /** Where the lines go: a file descriptor. */
  readonly to: number;
}

/** A text and no file, so that it needs no place of its own in the build. */
const program = `
  const { writeSync } = require('node:fs');
  let timer, step, begin;
  const say = ({ every, to }) => {
    writeSync(to, '  ' + step + ' takes ' + Math.round((performance.now() - begin) / 1000) + ' s so far ...\\n');
    timer = setTimeout(say, every, { every, to });
  };
  self.onmessage = ({ data }) => {
    clearTimeout(timer);
    step = data.step;
    begin = performance.now();
    timer = setTimeout(say, data.first, data);
  };
  self.postMessage('ready');
`;

const usual: PatienceOptions = { first: 2000, every: 10_000, to: 2 };

export async function startPatience(options = usual): Promise<Patience> {
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(url);
  // Also when it cannot start: the work is done without its lines too.
  await new Promise<void>((resolve) => {
    worker.onmessage = worker.onerror = () => {
      resolve();
    };
  });
  URL.revokeObjectURL(url);
  return {
    at: (step) => {
      worker.postMessage({ ...options, step });
    },
    end: () => {
      worker.terminate();
    },
  };
}
