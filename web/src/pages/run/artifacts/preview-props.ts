import type { ArtifactFile, Entry } from '../../../api/artifacts.ts';

export interface PreviewProps {
  readonly file: ArtifactFile;
  readonly siblings: readonly Entry[];
  readonly running: boolean;
  readonly onPath: (path: string, options?: { replace?: boolean }) => void;
}
