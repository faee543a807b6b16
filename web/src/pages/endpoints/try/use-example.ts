import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { mlmodel, modelFile } from '../../../api/artifacts.ts';
import { useSignatures, type ReadSignature } from '../../models/use-signature.ts';
import { examplePath, requestOfExample, requestOfSignature } from './example.ts';

export interface VersionExample {
  readonly signature: ReadSignature;
  /** A request that the version takes, as far as its files tell; undefined while they are read. */
  readonly request: unknown;
}

/** The signature of a version, and a request to begin with. */
export function useVersionExample(name: string, version: string): VersionExample {
  const [signature = 'loading'] = useSignatures(name, [version]);
  const { data: model } = useQuery(mlmodel(name, version));
  const path = typeof model === 'string' ? examplePath(model) : undefined;
  const file = useQuery({ ...modelFile(name, version, path ?? ''), enabled: path !== undefined });
  const loading = signature === 'loading' || (path !== undefined && file.isPending);
  const content = file.data;
  const request = useMemo(() => {
    if (loading) return undefined;
    return logged(content) ?? requestOfSignature(typeof signature === 'object' ? signature : undefined);
    // The signature is read anew at each drawing; its file is not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [loading, content, model]);
  return { signature, request };
}

function logged(content: string | null | undefined): unknown {
  if (typeof content !== 'string') return undefined;
  try {
    return requestOfExample(JSON.parse(content));
  } catch {
    return undefined;
  }
}
