import { basename, join } from 'node:path';
import { rawRequest, type RawAnswer } from '../support/raw-request.ts';
import type { ArtifactRouteUnderTest, ArtifactTargets } from './artifact-routes.ts';
import { insideOf } from './error-text.ts';
import { secret } from './planted-files.ts';

/** Ways to write "one folder up", as they stand in the request. */
export const ups = [
  '../',
  '..\\',
  './../',
  '.././',
  '..//',
  '....//',
  '.../',
  '....\\/',
  '..;/',
  '..;x=1/',
  '..%3b/',
  '..+/',
  '%2e%2e/',
  '.%2e/',
  '%2e./',
  '%2E%2E%2F',
  '%2e%2e%2f',
  '..%2f',
  '..%5c',
  '%2e%2e%5c',
  '.%2f..%2f',
  '..%2f/',
  '%252e%252e%252f',
  '..%252f',
  '..%255c',
  '%25252e%25252e%25252f',
  '%2525252e%2525252e%2525252f',
  '%%32%65%%32%65/',
  '..%c0%af',
  '%c0%ae%c0%ae%c0%af',
  '%c0%ae%c0%ae/',
  '..%c1%9c',
  '..%e0%80%af',
  '..%f0%80%80%af',
  'À®À®/',
  '..%u002f',
  '%u002e%u002e%u2215',
  '%uff0e%uff0e%u2215',
  '%ef%bc%8e%ef%bc%8e%ef%bc%8f',
  '..%e2%88%95',
  '..%ef%bc%8f',
  '..%00/',
  '..%20/',
  '%20../',
  '..%09/',
  '..%0a/',
  '..%0d%0a/',
  '..%7f/',
  '..%c2%85/',
  '..%c2%a0/',
  '..%ef%bb%bf/',
  '..%23/',
  '..?/',
  'ok.txt/../../',
  'ok.txt%00/../../',
  'nothing/../../',
  'link-folder/../',
  'x%23/../../',
  'x%3f/../../',
];
export const allDepths = [1, 2, 3, 4, 5, 6];
/** From the artifact root, a run's folder and a model's folder: enough where each request costs a write. */
export const someDepths = [1, 4, 5];

/** Paths that lead to the file or folder `name` beside the artifact root, or claim to. */
export function pathsTo(name: string, dir: string, depths = allDepths): string[] {
  const absolute = join(dir, name);
  const encoded = encodeURIComponent(absolute);
  const climbs = ups.flatMap((up) => depths.map((depth) => up.repeat(depth) + name));
  const spellings = [
    absolute,
    `/${absolute}`,
    `//${absolute}`,
    `.${absolute}`,
    encoded,
    `%2f${encoded}`,
    encodeURIComponent(encoded),
    `file:${absolute}`,
    `file://${absolute}`,
    `FILE://${absolute}`,
    `file%3a%2f%2f${encoded}`,
    `file://localhost${absolute}`,
    `%00${absolute}`,
    `${absolute}%00.png`,
    `${absolute}/.`,
    `${absolute}%20`,
    `${absolute}.`,
    `~/${name}`,
    `/proc/self/cwd/${name}`,
    `link-root${absolute}`,
    `link-root/proc/self/cwd/${name}`,
    `./link-root/.${absolute}`,
    `link-up/${basename(dir)}/${name}`,
    `folder/../../../../../${name}`,
    `artifacts/../../${name}`,
    absolute.replaceAll('/', '%5c'),
    `C:${absolute}`,
    `%5c%5clocalhost${encoded}`,
    `%5c%5c%3f%5c${encoded}`,
  ];
  return [...climbs, ...spellings, ...(name.startsWith('outside') ? [name.replace('outside', 'link-folder')] : [])];
}

/** Sends an attack; rejects when the answer leaks anything or is a fault of the server. */
export async function ask(targets: ArtifactTargets, route: ArtifactRouteUnderTest, path: string): Promise<RawAnswer> {
  const target = route.target(path);
  const body = route.kind === 'write' ? 'written by the test' : '';
  const { server } = targets;
  const answer = await rawRequest({ port: server.port, method: route.method, target, body });
  const sent = `${route.method} ${target}`;
  if (answer.body.includes(secret) || /root:[^:]*:0:0:/.test(answer.body))
    throw new Error(`${sent} leaks: ${answer.body}`);
  if (answer.status >= 500 && answer.status !== 501)
    throw new Error(`${sent}: ${answer.status} ${answer.body}\n${server.log()}`);
  const told =
    answer.status < 400 ? [] : insideOf(answer.body, server.dir, `${sent} ${decodeURIComponentSafely(sent)}`);
  if (told.length > 0) throw new Error(`${sent} tells ${told.join(', ')}: ${answer.body}`);
  return answer;
}

function decodeURIComponentSafely(text: string): string {
  return text.replace(/(?:%[0-7][0-9a-f])+/gi, decodeURIComponent);
}
