/** How git is kept from hosts that it may not reach: by settings of its own. */
import { ProjectError } from '../project-error.ts';
import { startGuardProxy } from './guard-proxy.ts';
import { privateHosts } from './private-hosts.ts';
import { addressOf } from './public-address.ts';

export interface GitGuard {
  /** Words before git's command. */
  readonly settings: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Why a host was refused, if one was. */
  readonly refusal: string | undefined;
  stop(): void;
}

/** Nothing may lead around the proxy. */
const noOtherProxy = Object.fromEntries(
  ['no', 'http', 'https', 'all'].flatMap((name) => [
    [`${name}_proxy`, undefined],
    [`${name}_proxy`.toUpperCase(), undefined],
  ]),
) as Record<string, undefined>;

/** Undefined where nothing is forbidden. @throws ProjectError */
export async function gitGuard(address: string): Promise<GitGuard | undefined> {
  const hosts = privateHosts();
  if (hosts === undefined) return undefined;
  const ssh = sshHost(address);
  if (ssh !== undefined) {
    const ip = await addressOf(ssh.host, hosts.allows(ssh.host, ssh.port)).catch((error: Error) => {
      throw new ProjectError(error.message);
    });
    // The name stays that of the host's key.
    const command = `ssh -o HostName=${ip} -o HostKeyAlias=${ssh.host} -o ProxyCommand=none -o BatchMode=yes`;
    return { settings: [], variables: { GIT_SSH_COMMAND: command }, refusal: undefined, stop: () => undefined };
  }
  const proxy = await startGuardProxy(hosts);
  return {
    settings: ['-c', `http.proxy=${proxy.url}`],
    variables: noOtherProxy,
    get refusal() {
      return proxy.refusal;
    },
    stop: () => proxy.stop(),
  };
}

function sshHost(address: string): { host: string; port: number } | undefined {
  if (/^https?:/i.test(address)) return undefined;
  if (!/^(git\+)?ssh:/i.test(address)) return { host: /^[^@]*@([\w.-]+):/.exec(address)?.[1] ?? '', port: 22 };
  const { hostname, port } = new URL(address.replace(/^(git\+)?ssh:/i, 'http:'));
  const host = hostname.replace(/^\[|\]$/g, '');
  if (/[^\w.:-]/.test(host) || host.startsWith('-')) throw new ProjectError(`${host} is no name of a host.`);
  return { host, port: Number(port || 22) };
}
