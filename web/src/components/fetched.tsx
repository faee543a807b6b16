import { Failed, Loading } from './page.tsx';

interface FetchedProps {
  /** Something is there, from this time or an earlier one. */
  readonly isThere: boolean;
  readonly error: Error | null | undefined;
  readonly onRetry: () => void;
}

/** How fetching what a list shows goes: under way or failed; above what is there already, one line about what failed. */
export function Fetched({ isThere, error, onRetry }: FetchedProps) {
  if (!isThere) return error ? <Failed error={error} onRetry={onRetry} /> : <Loading />;
  return error ? <FetchError error={error} /> : undefined;
}

export function FetchError({ error }: { error: Error }) {
  return (
    <p className="fetch-error" role="alert">
      {error.message}
    </p>
  );
}
