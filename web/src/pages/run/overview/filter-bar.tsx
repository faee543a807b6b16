import { useRef } from 'react';
import { FindField } from '../../../components/find-field.tsx';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';

interface FilterBarProps {
  readonly q: string;
  readonly onSearch: (q: string) => void;
  readonly nested: boolean;
  readonly onNested: (nested: boolean) => void;
}

export function FilterBar({ q, onSearch, nested, onNested }: FilterBarProps) {
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({ '/': { label: common.search, run: () => field.current?.focus() } });
  return (
    <div className="run-filter" role="search">
      <FindField ref={field} label={text.find} value={q} onType={onSearch} />
      <label>
        <input
          type="checkbox"
          checked={nested}
          onChange={(event) => {
            onNested(event.target.checked);
          }}
        />
        {text.nested}
      </label>
    </div>
  );
}
