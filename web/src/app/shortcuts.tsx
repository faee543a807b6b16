import { Dialog } from '../components/dialog.tsx';
import { listedKeys } from '../components/hotkeys.ts';
import { text } from '../text/frame.ts';

const grid = text.sheet.grid;
const inTables: readonly (readonly [string, string])[] = [
  ['← ↑ → ↓', grid.move],
  ['Home/End', grid.ends],
  ['mod+← →', grid.sides],
  ['Space', grid.select],
  ['shift+↑ ↓', grid.extend],
  ['shift+Space', grid.range],
  ['mod+A', grid.all],
  ['Enter', grid.open],
  ['F2', grid.edit],
  ['alt+↓', grid.menu],
  ['Escape', grid.close],
];

/** The keys of the page that is shown, and those that work everywhere. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const keys = listedKeys();
  const own = keys.filter((key) => key.own).map(({ keys, label }) => [keys, label] as const);
  const everywhere = keys.filter((key) => !key.own).map(({ keys, label }) => [keys, label] as const);
  return (
    <Dialog title={text.sheet.title} onClose={onClose}>
      {own.length > 0 && <KeyTable title={text.sheet.page} rows={own} />}
      <KeyTable title={text.sheet.everywhere} rows={everywhere} />
      <KeyTable title={text.sheet.tables} rows={inTables} />
    </Dialog>
  );
}

function KeyTable({ title, rows }: { title: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section className="keys">
      <h3>{title}</h3>
      <dl>
        {rows.map(([keys, label]) => (
          <div key={keys}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `g e` is two keys in turn, `mod+k` two at once, `1-5` one of several. */
function Keys({ keys }: { keys: string }) {
  const turns = keys === '/' || keys.includes('/') ? [keys] : keys.split(/ (?![←↑→↓])/);
  return turns.map((turn, i) => (
    <span key={turn}>
      {i > 0 && ` ${text.sheet.thenKey} `}
      <kbd>{turn.replace('mod+', 'Ctrl ').replace('alt+', 'Alt ').replace('shift+', 'Shift ')}</kbd>
    </span>
  ));
}
