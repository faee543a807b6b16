import { Icon } from '../../components/icon.tsx';
import { text } from '../../text/runs.ts';
import { clausesOf } from './run-query.ts';

/** Every clause of a filter of several as a chip that can be taken away alone; the box's own cross is enough for one. */
export function FilterChips({ filter, onChange }: { filter: string; onChange: (filter: string) => void }) {
  const clauses = clausesOf(filter);
  if (clauses.length < 2) return null;
  return (
    <div className="filter-chips">
      {clauses.map((clause, i) => (
        <button
          key={clause}
          type="button"
          className="chip"
          title={text.removeClause(clause)}
          aria-label={text.removeClause(clause)}
          onClick={() => {
            onChange(clauses.filter((_, other) => other !== i).join(' and '));
          }}
        >
          <span className="ellipsis mono">{clause}</span>
          <Icon name="close" />
        </button>
      ))}
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          onChange('');
        }}
      >
        {text.clearAll}
      </button>
    </div>
  );
}
