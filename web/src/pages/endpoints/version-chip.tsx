import { RowLink } from '../models/row-link.tsx';
import { addressOf, shortUri } from './served.ts';

interface VersionChipProps {
  readonly uri: string;
  /** Of the traffic, where it is not all of it. */
  readonly share?: number | undefined;
  readonly tabIndex?: number;
}

/** A link to the version, or to the model of an alias. */
export function VersionChip({ uri, share, tabIndex }: VersionChipProps) {
  const { name, version } = addressOf(uri);
  return (
    <RowLink
      name={name}
      {...(version === undefined ? {} : { version })}
      {...(tabIndex === undefined ? {} : { tabIndex })}
      className="chip served"
      title={uri}
    >
      <span className="ellipsis">{shortUri(uri)}</span>
      {share !== undefined && share < 100 && <span className="dim">{share} %</span>}
    </RowLink>
  );
}
