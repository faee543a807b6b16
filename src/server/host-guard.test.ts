import { describe, expect, test } from 'bun:test';
import { createHostGuard, parseAuthority, refusedHost } from './host-guard.ts';

interface Case {
  readonly allowed?: readonly string[];
  readonly accepted: readonly string[];
  readonly refused: readonly (string | null)[];
}

const cases: Readonly<Record<string, Case>> = {
  'this machine and private addresses by default, under any port': {
    accepted: [
      'localhost',
      'localhost:5000',
      'LOCALHOST',
      'LocalHost:80',
      'localhost:',
      '127.0.0.1',
      '127.0.0.1:5900',
      '0.0.0.0',
      '0.0.0.0:5000',
      '[::1]',
      '[::1]:5000',
      '[0:0:0:0:0:0:0:1]:5000',
      '10.0.0.1',
      '10.255.255.255:1',
      '172.16.0.1',
      '172.31.255.255:5000',
      '192.168.1.5',
      '192.168.1.5:5000',
      '[fc00::1]:5000',
      '[fd12:3456::1]',
    ],
    refused: [
      null,
      '',
      ' ',
      'example.com',
      'evil.com:5000',
      '127.0.0.2',
      '172.15.0.1',
      '172.32.0.1',
      '192.169.0.1',
      '169.254.169.254',
      '11.0.0.1',
      '8.8.8.8',
      '[fe80::1]',
      '[fc::1]',
      '[2001:db8::1]:5000',
      '[::ffff:127.0.0.1]',
      'host.docker.internal:5000',
    ],
  },
  'names that only look local': {
    accepted: [],
    refused: [
      '192.168.evil.com',
      '10.evil.com',
      '172.16.evil.com:5000',
      '10.0.0.1.evil.com',
      '10.0.0.256',
      '10.0.0',
      '10.1',
      '127.1',
      '0x7f.0.0.1',
      '2130706433',
      'localhost.evil.com',
      'evil-localhost',
      'localhost.',
      'localhost.:5000',
    ],
  },
  'what is no host': {
    accepted: [],
    refused: [
      'localhost:evil.com',
      'localhost:5000:x',
      'localhost:99999',
      'localhost:-1',
      'user@localhost',
      'localhost@evil.com',
      'evil.com@localhost:5000',
      'evil.com#localhost',
      'localhost/x',
      'localhost?x',
      'localhost\\x',
      'localhost,evil.com',
      'localhost evil.com',
      'localhost\t',
      'localhost\n',
      'localhost\0',
      'http://localhost',
      '.localhost',
      'local..host',
      '::1',
      'fc00::1',
      '[::1',
      '::1]',
      '[::1]x',
      '[]',
      '[::1%25lo]',
      '[localhost]',
      'lоcalhost',
      '*',
      'a'.repeat(300),
    ],
  },
  'a listed host passes with any port, in any case, and replaces the defaults': {
    allowed: ['mlflow.example.com', ' UPPER.com '],
    accepted: ['mlflow.example.com', 'mlflow.example.com:5000', 'MLFLOW.Example.COM:443', 'upper.com', 'Upper.com:1'],
    refused: [
      'localhost',
      '127.0.0.1:5000',
      '10.0.0.1',
      'xmlflow.example.com',
      'mlflow.example.com.evil.com',
      'example.com',
    ],
  },
  'a host listed with a port passes with that one only': {
    allowed: ['h2:5000', '[::1]:5000', 'h3:50*', 'h4:*'],
    accepted: ['h2:5000', 'H2:5000', '[::1]:5000', 'h3:50', 'h3:5099', 'h4', 'h4:1'],
    refused: ['h2', 'h2:5001', 'h2:50000', '[::1]', '[::1]:5001', 'h3', 'h3:80'],
  },
  'wildcards in a name': {
    allowed: ['*.wild.com', 'ml-*.corp'],
    accepted: ['a.wild.com', 'A.WILD.com', 'a.b.wild.com', 'a.wild.com:5000', 'ml-1.corp', 'ml-a.b.corp:80'],
    refused: [
      'wild.com',
      '.wild.com',
      'a.wild.com.evil.net',
      'axwild.com',
      'evil.com/.wild.com',
      'evil.com:.wild.com',
      'ml.corp',
    ],
  },
  'wildcards in an address mean addresses': {
    allowed: ['10.1.*', '192.168.*:5000'],
    accepted: ['10.1.2.3', '10.1.2.3:5000', '192.168.0.9:5000'],
    refused: ['10.1.evil.com', '10.2.0.1', '192.168.0.9', '192.168.evil.com:5000'],
  },
  'IPv6 in all its forms': {
    allowed: ['2001:db8::1', '[2001:DB8::2]', '[[]2001:db8::3]:*', '[fd00:*]'],
    accepted: ['[2001:db8::1]', '[2001:db8:0::1]:5000', '[2001:db8::2]:1', '[2001:db8::3]:5000', '[fd00:1::2]:5000'],
    refused: ['2001:db8::1', '[2001:db8::4]', '[::1]', '[fe00::1]'],
  },
  'a star alone accepts all': {
    allowed: ['mlflow.example.com', ' * '],
    accepted: ['evil.com', '', 'localhost', 'user@localhost'],
    refused: [],
  },
  'an empty list means the defaults': { allowed: [], accepted: ['localhost:5000'], refused: ['evil.com'] },
  'a list of nothing accepts nothing': { allowed: ['', ' '], accepted: [], refused: ['localhost', '', null] },
  'entries that make no sense match nothing': {
    allowed: ['https://mlflow.example.com', 'a:b:c', '[::1', 'x:y', '?.com', '(a|b)+$'],
    accepted: [],
    refused: ['mlflow.example.com', 'a', 'x', 'b.com', '[::1]', 'https'],
  },
};

describe.each(Object.entries(cases))('%s', (_name, { allowed, accepted, refused }) => {
  const guard = createHostGuard(allowed);
  // Twice: the second answer comes from memory.
  const answers = (hosts: readonly (string | null)[]) => [...hosts, ...hosts].map((host) => [host, guard(host)]);

  test('accepted', () => {
    expect(answers(accepted)).toEqual([...accepted, ...accepted].map((host) => [host, true]));
  });
  test('refused', () => {
    expect(answers(refused)).toEqual([...refused, ...refused].map((host) => [host, false]));
  });
});

test('many different hosts change no answer', () => {
  const guard = createHostGuard(undefined);
  for (let i = 0; i < 1000; i++) {
    expect(guard(`evil${i}.com`)).toBe(false);
    expect(guard(`localhost:${i}`)).toBe(true);
  }
});

test('authorities', () => {
  expect(parseAuthority('Host:80')).toEqual({ host: 'host', port: '80' });
  expect(parseAuthority('[::0:1]')).toEqual({ host: '[::1]', port: '' });
  expect(parseAuthority('host:80:90')).toBeUndefined();
});

test('the refusal is MLflow’s', () => {
  expect(refusedHost).toEqual({ status: 403, text: 'Invalid Host header - possible DNS rebinding attack detected' });
});
