/**
 * Stands between browser and server as a plain relay of bytes, and counts what no page tells: the connections that
 * carry a stream of the live feed.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Relay extends AsyncDisposable {
  readonly url: string;
  /** Streams of the live feed that are open now. */
  readonly openStreams: () => number;
  /** All that were ever asked for. */
  readonly askedStreams: () => number;
  /** Breaks every connection, as a proxy does that is started anew. */
  readonly cut: () => void;
}

export async function relayTo(url: string): Promise<Relay> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const streams = new Set<Socket>();
  let asked = 0;
  const relay = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        streams.delete(one);
        other.destroy();
      });
    }
    client.on('data', (bytes) => {
      if (bytes.toString('latin1').includes('/modelyard/events?')) {
        streams.add(client);
        asked += 1;
      }
      server.write(bytes);
    });
    server.pipe(client);
  });
  await new Promise<void>((resolve) => relay.listen(0, hostname, resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://${hostname}:${(relay.address() as AddressInfo).port}`,
    openStreams: () => streams.size,
    askedStreams: () => asked,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
}
