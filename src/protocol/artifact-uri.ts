import { decodePercentOnce } from './path-forms.ts';

/** What an artifact URI means. Pure text work; symbolic links are the artifact store's concern. */
export interface ArtifactUri {
  /** Lower case. Bare paths are 'file'. */
  readonly scheme: 'mlflow-artifacts' | 'file' | 'runs' | 'models' | (string & {});
  /** Host, bucket or '' when the URI has none. */
  readonly authority: string;
  /**
   * `mlflow-artifacts`: relative to the served destination, percent-decoded once as HTTP would. `file`: a local path,
   * decoded once unless it was a bare path. `runs`, `models`: without leading slash. Others: as written.
   */
  readonly path: string;
  /** Without '?' and '#'. A bare path has neither: both characters belong to its name. */
  readonly query: string;
  readonly fragment: string;
}

/** A single letter before the colon is a Windows drive, not a scheme. */
export const schemePattern = /^([A-Za-z][A-Za-z0-9+.-]+):/;

export function parseArtifactUri(uri: string): ArtifactUri {
  const scheme = schemePattern.exec(uri)?.[1];
  if (scheme === undefined) return { scheme: 'file', authority: '', path: uri, query: '', fragment: '' };
  const [beforeFragment, fragment] = splitAt(uri.slice(scheme.length + 1), '#');
  const [location, query] = splitAt(beforeFragment, '?');
  let authority = '';
  let path = location;
  if (location.startsWith('//')) {
    const slash = location.indexOf('/', 2);
    authority = location.slice(2, slash === -1 ? undefined : slash);
    path = slash === -1 ? '' : location.slice(slash);
  }
  const name = scheme.toLowerCase();
  if (name === 'mlflow-artifacts') path = decodePercentOnce(path).replace(/^\/+/, '');
  else if (name === 'file') path = decodePercentOnce(path);
  else if (name === 'runs' || name === 'models') path = path.replace(/^\/+/, '');
  return { scheme: name, authority, path, query, fragment };
}

/** A local path of this machine. */
export function isOwnHost(local: ArtifactUri): boolean {
  return (local.authority === '' || local.authority === 'localhost') && !local.path.startsWith('//');
}

function splitAt(text: string, mark: string): [string, string] {
  const index = text.indexOf(mark);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
