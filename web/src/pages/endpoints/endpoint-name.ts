import { endpointName } from '../../api/endpoint-rules.ts';
import { text } from '../../text/endpoints.ts';

const longest = 63;

/** What is wrong with a name for an endpoint; undefined when it is good. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return text.name.missing;
  if (endpointName.test(name)) return undefined;
  return name.length > longest ? text.name.long : text.name.letters;
}

/** A name that is made of a model's, and not taken yet. */
export function suggestedName(model: string, taken: readonly string[]): string {
  const plain = model
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '')
    .slice(0, longest - 4);
  const name = plain === '' ? 'model' : plain;
  let free = name;
  for (let i = 2; taken.includes(free); i++) free = `${name}-${i}`;
  return free;
}
