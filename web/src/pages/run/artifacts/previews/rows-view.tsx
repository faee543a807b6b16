import type { ComponentProps } from 'react';
import { TableView } from '../../../../components/content/table-view.tsx';
import { useUrlState } from '../../../../components/url-state.ts';

/** A table whose filter and order stand in the address. */
export function RowsView(props: Omit<ComponentProps<typeof TableView>, 'filter' | 'sort' | 'onChange'>) {
  const [url, setUrl] = useUrlState();
  return (
    <TableView
      {...props}
      filter={url['rows'] ?? ''}
      sort={url['order'] ?? ''}
      onChange={({ filter, sort }) => {
        setUrl(filter === undefined ? { order: sort } : { rows: filter }, { replace: true });
      }}
    />
  );
}
