import { Button, IconButton } from '../../components/button.tsx';
import { FindField } from '../../components/find-field.tsx';
import { count } from '../../components/format.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { PageTitle } from '../../components/page.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { useTypedWords } from '../../components/use-typed-words.ts';
import { text } from '../../text/experiments.ts';
import type { ListState } from './list-state.ts';

const pauseMs = 70;

interface ToolbarProps {
  readonly state: ListState;
  readonly total: number | undefined;
  readonly folded: boolean;
  readonly set: (change: UrlValues, options?: { replace?: boolean }) => void;
}

export function Toolbar({ state, total, folded, set }: ToolbarProps) {
  return (
    <header className="list-head">
      <PageTitle>{text.title}</PageTitle>
      <span className="dim" role="status">
        {total !== undefined && text.total(count(total))}
      </span>
      <SearchField
        words={state.words}
        onWords={(q) => {
          set({ q }, { replace: true });
        }}
      />
      <Menu label={text.view} text={state.deleted ? text.views.deleted : text.views.active}>
        <MenuItem checked={!state.deleted} onSelect={() => set({ view: undefined })}>
          {text.views.active}
        </MenuItem>
        <MenuItem checked={state.deleted} onSelect={() => set({ view: 'deleted' })}>
          {text.views.deleted}
        </MenuItem>
      </Menu>
      <IconButton
        icon="tree"
        label={text.tree}
        aria-pressed={folded}
        onClick={() => {
          set({ tree: folded ? 'off' : 'on' });
        }}
      />
      <span className="spacer" />
      <Button
        kind="primary"
        icon="plus"
        onClick={() => {
          set({ create: '1' });
        }}
      >
        {text.create}
      </Button>
    </header>
  );
}

/** The address follows the typing shortly after, so that Back does not step through letters. */
function SearchField({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const { typed, type } = useTypedWords({ value: words, pause: pauseMs, onApply: onWords });
  return (
    <FindField
      ofPage
      className="list-search"
      label={text.search}
      hint={text.searchHint}
      spellCheck={false}
      value={typed}
      onType={type}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') type('');
      }}
    />
  );
}
