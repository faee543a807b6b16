import { expect, test } from 'bun:test';
import { addressOf, isPublic } from './public-address.ts';

test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
  '%s is public',
  (one) => expect(isPublic(one)).toBe(true),
);

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:8.8.8.8',
  '::ffff:127.0.0.1',
  'fe80::1',
  'fd00::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:53aa::1',
  'ff02::1',
  'localhost',
  '',
])('%p is not', (one) => expect(isPublic(one)).toBe(false));

test('a name is refused when one of its addresses is', async () => {
  const refused = await addressOf('localhost', false).catch(String);
  expect(refused).toContain('private network');
  expect(['127.0.0.1', '::1']).toContain(await addressOf('localhost', true));
});
