/** Addresses of the open internet, told from those of this machine and of its own network. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const notPublic = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]) {
  const [net = '', bits] = range.split('/');
  notPublic.addSubnet(net, Number(bits));
}
/** Of IPv6 these alone are given out; the others of them hold addresses of IPv4, or are for examples. */
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  notPublic.addSubnet(net, bits, 'ipv6');
}

export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !notPublic.check(address);
  return isIP(address) === 6 && given.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

/**
 * The address to connect to: what was checked is what is used, whatever the name stands for a moment later.
 *
 * @param host name or address, without brackets
 * @throws Error that says why not
 */
export async function addressOf(host: string, anyAddress: boolean): Promise<string> {
  const found = isIP(host) > 0 ? [{ address: host }] : await lookup(host, { all: true });
  const [first] = found;
  if (first === undefined) throw new Error(`${host} has no address.`);
  const bad = found.find(({ address }) => !isPublic(address));
  if (!anyAddress && bad !== undefined) {
    throw new Error(`${host} is in a private network, from which this server fetches no projects.`);
  }
  return first.address;
}
