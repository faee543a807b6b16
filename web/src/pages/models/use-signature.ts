import { useQueries } from '@tanstack/react-query';
import { mlmodel } from '../../api/artifacts.ts';
import { parseSignature, type Signature } from './signature.ts';

export type ReadSignature = 'loading' | 'none' | 'broken' | 'unreadable' | Signature;

function read(text: string | null | undefined): ReadSignature {
  if (text === undefined) return 'loading';
  if (text === null) return 'none';
  try {
    return parseSignature(text) ?? 'none';
  } catch {
    return 'broken';
  }
}

/** The signatures of versions of a model, in their order. */
export function useSignatures(name: string, versions: readonly string[]): readonly ReadSignature[] {
  const files = useQueries({ queries: versions.map((version) => mlmodel(name, version)) });
  return files.map(({ data, error }) => (error ? 'unreadable' : read(data)));
}
