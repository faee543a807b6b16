import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';

export interface FindItem {
  readonly id: string;
  readonly group: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly hint?: string | undefined;
}

interface FindListProps<Item extends FindItem> {
  /** What the field is called. */
  readonly label: string;
  readonly placeholder: string;
  readonly results: string;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly items: readonly Item[];
  /** Whether the items are those of the words; Enter waits for that. */
  readonly settled: boolean;
  /** @param aside with Ctrl or Cmd */
  readonly onChoose: (item: Item, aside: boolean) => void;
}

/** A field with what it finds below. The listbox pattern: focus stays in the field, arrows move the choice. */
export function FindList<Item extends FindItem>({
  label,
  placeholder,
  results,
  words,
  onWords,
  items,
  settled,
  onChoose,
}: FindListProps<Item>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, items.length - 1);
  const [entered, setEntered] = useState<{ readonly aside: boolean }>();
  const item = items[chosen];
  useEffect(() => {
    if (!entered || !settled) return;
    setEntered(undefined);
    if (item) onChoose(item, entered.aside);
  }, [entered, settled, item, onChoose]);

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, words]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next: Record<string, number> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + 8,
      PageUp: chosen - 8,
    };
    const to = next[event.key];
    if (to !== undefined && items.length > 0) {
      event.preventDefault();
      const step = Math.abs(to - chosen) === 1;
      setAt(step ? (to + items.length) % items.length : Math.max(0, Math.min(items.length - 1, to)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      setEntered({ aside: event.ctrlKey || event.metaKey });
    }
  };

  return (
    <>
      <input
        className="find-field"
        type="text"
        role="combobox"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={items.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder={placeholder}
        value={words}
        onChange={(event) => {
          onWords(event.target.value);
          setAt(0);
          setEntered(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} className="find-list" role="listbox" aria-label={results}>
        {groupsOf(items).map(([group, members]) => (
          <div key={group} role="group" aria-labelledby={`${id}-of-${members[0]?.index}`}>
            <div id={`${id}-of-${members[0]?.index}`} className="find-group" role="presentation">
              {group}
            </div>
            {members.map(({ item, index }) => (
              <div
                key={item.id}
                id={`${id}-${index}`}
                className="find-item"
                role="option"
                aria-selected={index === chosen}
                onPointerMove={() => {
                  setAt(index);
                }}
                onClick={(event: MouseEvent) => {
                  onChoose(item, event.ctrlKey || event.metaKey);
                }}
              >
                {item.icon}
                <span className="ellipsis">{item.label}</span>
                {item.hint !== undefined && <span className="find-hint ellipsis">{item.hint}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

function groupsOf<Item extends FindItem>(items: readonly Item[]): [string, { item: Item; index: number }[]][] {
  const numbered = items.map((item, index) => ({ item, index }));
  return [...Map.groupBy(numbered, ({ item }) => item.group)];
}
