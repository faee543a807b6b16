import type { ArtifactFile, Entry } from '../../../api/artifacts.ts';

/** How the page around leads to other files of the run. */
export interface FileLinks {
  readonly onPath: (path: string, options?: { replace?: boolean }) => void;
  /** What `onPath` leads to, for a reader who wants it in a new tab. */
  readonly addressOf: (path: string) => string;
  /** The file to which a link within the file `own` leads; undefined: to none. Beside it, where the page says nothing else. */
  readonly pathOf?: ((own: string, href: string) => string | undefined) | undefined;
}

export interface PreviewProps extends FileLinks {
  readonly file: ArtifactFile;
  readonly siblings: readonly Entry[];
  readonly running: boolean;
}
