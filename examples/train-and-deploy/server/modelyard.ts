/** A Modelyard server of our own, which ends with us. */
import { delimiter, dirname } from 'node:path';

/**
 * Starts it.
 *
 * @param python its folder comes first in the server's PATH, so that endpoints run models with it
 * @returns the server's address
 */
export async function startModelyard(python: string, folder: string, port: number): Promise<string> {
  const server = Bun.spawn(['modelyard', 'server', '--port', String(port), '--data', folder], {
    env: { ...Bun.env, PATH: [dirname(python), Bun.env['PATH']].join(delimiter) },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      server.kill('SIGTERM');
      void server.exited.then(() => process.exit(0));
    });
  }
  return addressIn(server.stdout);
}

/** The address that the start message names; the rest is read too, or the pipe would fill. */
async function addressIn(output: ReadableStream<Uint8Array>): Promise<string> {
  const found = Promise.withResolvers<string>();
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of output) {
      text += decoder.decode(chunk, { stream: true });
      const [, address] = /UI\s+(http\S+)\n/.exec(text) ?? [];
      if (address !== undefined) found.resolve(address);
    }
    found.reject(new Error('The Modelyard server ended before it was ready; its last words stand above.'));
  };
  void read();
  return found.promise;
}
