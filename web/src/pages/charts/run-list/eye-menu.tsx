import { useState } from 'react';
import { Dialog } from '../../../components/dialog.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import type { UrlValues } from '../../../components/url-state.ts';
import type { Scope } from '../../../api/run-columns.ts';
import { text } from '../../../text/charts-page.ts';
import { FilterBox } from '../../runs/filter-box.tsx';
import { eyeModes, urlOfOnly, urlOfRule, type Eyes } from '../eyes.ts';

interface EyeMenuProps {
  readonly eyes: Eyes;
  readonly scope: Scope;
  readonly selected: ReadonlySet<string>;
  readonly onChange: (change: UrlValues) => void;
}

/** Which runs are drawn, by one rule for all of them. */
export function EyeMenu({ eyes, scope, selected, onChange }: EyeMenuProps) {
  const [asking, setAsking] = useState(false);
  const plain = eyes.shown.size + eyes.hidden.size + eyes.only.size === 0;
  return (
    <>
      <Menu icon="eye" label={text.eyes}>
        {eyeModes.map((mode) => (
          <MenuItem
            key={mode}
            checked={plain && mode === eyes.mode}
            onSelect={() => {
              onChange(urlOfRule(mode));
            }}
          >
            {text.eyeModes[mode]}
          </MenuItem>
        ))}
        <MenuItem
          checked={eyes.mode === 'none' && eyes.shown.size > 0 && eyes.only.size === 0}
          disabled={selected.size === 0}
          onSelect={() => {
            onChange(urlOfOnly([...selected]));
          }}
        >
          {text.onlySelected}
        </MenuItem>
        <MenuItem
          checked={plain && eyes.mode === 'where'}
          onSelect={() => {
            setAsking(true);
          }}
        >
          {text.byFilter}
        </MenuItem>
      </Menu>
      {asking && (
        <Dialog
          title={text.byFilterTitle}
          onClose={() => {
            setAsking(false);
          }}
        >
          <FilterBox
            value={eyes.filter}
            scope={scope}
            onApply={(filter) => {
              onChange(filter.trim() === '' ? urlOfRule('all') : urlOfRule('where', filter));
            }}
          />
          <p className="dim">{text.byFilterHint}</p>
        </Dialog>
      )}
    </>
  );
}
