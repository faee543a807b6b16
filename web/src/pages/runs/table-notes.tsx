import { count } from '../../components/format.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/run-work.ts';
import type { WrongPart } from './wrong-parts.ts';

interface TableNotesProps {
  readonly hidden: number;
  readonly wrong: readonly WrongPart[];
  /** The values of the address without what is wrong in them. */
  readonly right: UrlValues;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

const mostNamed = 3;
const longest = 60;

/** One quiet line: what is not shown, and how to change that. */
export function TableNotes({ hidden, wrong, right, onChange }: TableNotesProps) {
  if (hidden === 0 && wrong.length === 0) return null;
  return (
    <div className="table-notes dim" role="status">
      {wrong.length > 0 && (
        <span>
          {text.ignored}{' '}
          {wrong.slice(0, mostNamed).map(({ key, part }, i) => (
            <span key={`${key} ${part}`}>
              {i > 0 && ', '}
              {text.ignoredKeys[key]} <code>{part.length > longest ? `${part.slice(0, longest)}…` : part}</code>
            </span>
          ))}
          {wrong.length > mostNamed && ` ${text.moreIgnored(count(wrong.length - mostNamed))}`}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              onChange(Object.fromEntries(wrong.map(({ key }) => [key, right[key]])), { replace: true });
            }}
          >
            {text.removeIgnored}
          </button>
        </span>
      )}
      {hidden > 0 && (
        <span>
          {text.hidden(count(hidden))}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              onChange({ hidden: undefined });
            }}
          >
            {text.showAll}
          </button>
        </span>
      )}
    </div>
  );
}
