import type { ComponentProps } from 'react';
import { CellLink } from '../../components/cell-link.tsx';

interface EndpointLinkProps extends Omit<ComponentProps<typeof CellLink>, 'path'> {
  readonly name: string;
}

/** A link to an endpoint's page, for cells and chips. */
export function EndpointLink({ name, ...rest }: EndpointLinkProps) {
  return <CellLink title={name} {...rest} path={`/endpoints/${encodeURIComponent(name)}`} />;
}
