import { useRef, type ReactNode } from 'react';
import { text } from '../text/common.ts';
import { FindField } from './find-field.tsx';
import { itemsOf } from './menu-keys.ts';

interface MenuFoundProps {
  readonly label: string;
  /** What the field is called. */
  readonly find: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Of the items that there are with these words; undefined until that is known. */
  readonly count: number | undefined;
  /** Whether words find more than stands here without any. */
  readonly hasMore?: boolean;
  readonly children: ReactNode;
}

/** With fewer items they are all in view, and a field is one thing more. */
const spared = 12;

/** The items of a menu that may have hundreds, below a field that finds some. Its `Menu` says so by `finds`. */
export function MenuFound({ label, find, typed, onType, count, hasMore = false, children }: MenuFoundProps) {
  const list = useRef<HTMLDivElement>(null);
  return (
    <>
      {((count ?? 0) > spared || hasMore || typed !== '') && (
        <FindField
          className="menu-find"
          label={find}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onType={onType}
          onKeyDown={(event) => {
            // Enter takes a word of an input method.
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape' && typed !== '') onType('');
            else if (event.key === 'Enter' && typed !== '' && list.current) itemsOf(list.current)[0]?.click();
            else return;
            event.preventDefault();
          }}
        />
      )}
      <div ref={list} role="menu" aria-label={label}>
        {children}
      </div>
      {count === 0 && (
        <p className="menu-note dim" role="status">
          {text.nothingCalled(typed)}
        </p>
      )}
    </>
  );
}
