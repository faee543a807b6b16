import { CellLink } from '../../components/cell-link.tsx';

/** Of a version as `name/3`; undefined for what is none. */
export function pathOfVersion(registered: string): string | undefined {
  const [, name, version] = /^(.+)\/(\d+)$/.exec(registered) ?? [];
  return name === undefined || version === undefined
    ? undefined
    : `/models/${encodeURIComponent(name)}/versions/${version}`;
}

export function RegisteredLink({ registered }: { registered: string }) {
  const path = pathOfVersion(registered);
  return path === undefined ? (
    registered
  ) : (
    <CellLink path={path} tabIndex={0}>
      {registered}
    </CellLink>
  );
}
