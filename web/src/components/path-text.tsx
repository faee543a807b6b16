import { Fragment } from 'react';

/** A path or an address, which breaks behind its slashes where it is too long for its line. */
export function PathText({ path }: { path: string }) {
  const parts = path.split('/');
  return (
    <code>
      {parts.map((part, at) => (
        // The parts have no names but their places.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={at}>
          {at > 0 && '/'}
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  );
}
