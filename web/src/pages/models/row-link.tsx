import type { ComponentProps } from 'react';
import { CellLink } from '../../components/cell-link.tsx';

interface RowLinkProps extends Omit<ComponentProps<typeof CellLink>, 'path'> {
  readonly name: string;
  readonly version?: string;
}

/** A link to a model or a version of it, for cells. */
export function RowLink({ name, version, ...rest }: RowLinkProps) {
  const model = `/models/${encodeURIComponent(name)}`;
  return (
    <CellLink {...rest} path={version === undefined ? model : `${model}/versions/${encodeURIComponent(version)}`} />
  );
}
