import type { ReactNode } from 'react';
import { JsonTree } from '../../../../components/content/json-tree.tsx';
import type { Json } from '../../../../components/content/json-tree-rows.ts';
import { useUrlState } from '../../../../components/url-state.ts';

/** A tree whose search stands in the address. */
export function JsonView({ name, value, extra }: { name: string; value: Json; extra?: ReactNode }) {
  const [url, setUrl] = useUrlState();
  return (
    <JsonTree
      label={name}
      value={value}
      extra={extra}
      find={url['find'] ?? ''}
      onFind={(find) => {
        setUrl({ find }, { replace: true });
      }}
    />
  );
}
