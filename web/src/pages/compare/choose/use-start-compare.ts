import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { mostCompared } from '../../../api/comparison.ts';
import { count } from '../../../components/format.ts';
import { showFailure } from '../../../components/toast.tsx';
import { text } from '../../../text/compare.ts';
import { writeList } from '../../runs/run-query.ts';

/** Opens the comparison of some runs, or says why there is none. */
export function useStartCompare(): (ids: readonly string[], baseline?: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (ids, baseline) => {
      if (ids.length < 2) showFailure(new Error(text.bulkFew));
      else if (ids.length > mostCompared) showFailure(new Error(text.bulkMany(count(mostCompared))));
      else {
        const search = { runs: writeList(ids), ...(baseline !== undefined && ids.includes(baseline) && { baseline }) };
        void navigate({ to: '/compare', search: search as never });
      }
    },
    [navigate],
  );
}
