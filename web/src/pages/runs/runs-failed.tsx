import { useQuery } from '@tanstack/react-query';
import { ApiFailure } from '../../api/client.ts';
import { filterCheck } from '../../api/run-columns.ts';
import { Button } from '../../components/button.tsx';
import { Failed, State } from '../../components/page.tsx';
import { text } from '../../text/runs.ts';

interface RunsFailedProps {
  readonly error: Error;
  readonly filter: string;
  readonly onRetry: () => void;
  readonly onClear: () => void;
}

/** Why there are no runs to show. What is wrong with the filter stands below its box; to try it again is of no use. */
export function RunsFailed({ error, filter, onRetry, onClear }: RunsFailedProps) {
  const refused = filter !== '' && error instanceof ApiFailure && error.status === 400;
  const check = useQuery({ ...filterCheck(filter), enabled: refused });
  if (!refused) return <Failed error={error} onRetry={onRetry} />;
  if (check.isLoading) return null;
  return (
    <State title={check.data?.ok === false ? text.wrongFilterTitle : error.message}>
      <Button onClick={onClear}>{text.clearFilter}</Button>
    </State>
  );
}
