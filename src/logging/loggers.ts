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

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

export const serverLog = logger('server');
export const databaseLog = logger('database');
