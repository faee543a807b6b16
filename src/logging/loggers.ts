/** Every subsystem's logger. Lines go to stderr: `time level subsystem: text`. */

export interface Logger {
  info(text: string): void;
  warn(text: string): void;
  error(text: string, cause?: unknown): void;
}

function logger(subsystem: string): Logger {
  const line = (level: string, text: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${level} ${subsystem}: ${text}\n`);
  };
  return {
    info: (text) => {
      line('info', text);
    },
    warn: (text) => {
      line('warn', text);
    },
    error: (text, cause) => {
      line('error', cause === undefined ? text : `${text}\n${describe(cause)}`);
    },
  };
}

/** Never empty: what a runtime throws by itself may have no message and no stack. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.stack || cause.message || `${cause.name}, without a message`;
}

export const serverLog = logger('server');
export const accessLog = logger('access');
export const databaseLog = logger('database');
export const artifactLog = logger('artifacts');
