/** A proxy for git that connects to what it may alone: redirects and names that change are seen like any other address. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { PrivateHosts } from './private-hosts.ts';
import { addressOf } from './public-address.ts';

export interface GuardProxy {
  readonly url: string;
  /** Why a connection was refused, if one was. */
  readonly refusal: string | undefined;
  stop(): void;
}

const headLimit = 65_536;

export async function startGuardProxy(hosts: PrivateHosts): Promise<GuardProxy> {
  let refusal: string | undefined;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    serve(client, hosts).catch((error: unknown) => {
      refusal = (error as Error).message;
      client.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get refusal() {
      return refusal;
    },
    stop() {
      server.close();
      for (const client of open) client.destroy();
    },
  };
}

/** One request of a connection: what follows on it might go elsewhere. */
async function serve(client: Socket, hosts: PrivateHosts): Promise<void> {
  const { lines, rest } = await headOf(client);
  const [, method = '', target = ''] = /^(\S+) (\S+) HTTP\/1\.[01]$/.exec(lines[0] ?? '') ?? [];
  const tunnel = method === 'CONNECT';
  const url = new URL(tunnel ? `https://${target}` : target);
  if (!tunnel && url.protocol !== 'http:') throw new Error(`${target} is no address for a proxy.`);
  const port = Number(url.port || (tunnel ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const upstream = connect({ host: await addressOf(host, hosts.allows(host, port)), port });
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
  upstream.on('close', () => client.end());
  await new Promise<void>((resolve) => upstream.once('connect', resolve));
  if (tunnel) client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  else {
    const kept = lines.slice(1).filter((line) => !/^(proxy-|connection:|keep-alive:)/i.test(line));
    upstream.write(
      [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...kept, 'connection: close', '', ''].join('\r\n'),
    );
  }
  if (rest.length > 0) upstream.write(rest);
  client.pipe(upstream);
  upstream.pipe(client);
}

/** The lines before the empty one, and what came behind it. */
function headOf(client: Socket): Promise<{ lines: string[]; rest: Buffer }> {
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0);
    const take = (bytes: Buffer): void => {
      got = Buffer.concat([got, bytes]);
      const end = got.indexOf('\r\n\r\n');
      if (end < 0 && got.length < headLimit) return;
      client.off('data', take);
      client.pause();
      if (end < 0) reject(new Error('The request is too long.'));
      else resolve({ lines: got.subarray(0, end).toString('latin1').split('\r\n'), rest: got.subarray(end + 4) });
    };
    client.on('data', take);
  });
}
