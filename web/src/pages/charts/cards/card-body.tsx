import { useMemo } from 'react';
import { Failed } from '../../../components/page.tsx';
import type { CardProps } from '../card-kind.ts';
import { entryOf, hasCome } from '../card-kinds.ts';

/** What the kind of a card draws. It waits for its own values alone, and says it when they did not come. */
export function CardBody({ values: all, ...rest }: CardProps) {
  const { spec } = rest;
  const loading = !hasCome(spec, all);
  const values = useMemo(() => ({ ...all, loading }), [all, loading]);
  const Body = entryOf(spec.kind)?.Body;
  if (!Body) return null;
  if (loading && all.failed) return <Failed error={all.failed.error} onRetry={all.failed.retry} />;
  return <Body {...rest} values={values} />;
}
