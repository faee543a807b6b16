import { Suspense, useState } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { later } from '../../components/later.tsx';
import { text } from '../../text/run.ts';

const CodeView = later(() => import('../../components/content/code-view.tsx'), 'CodeView');

/** What one line of a table or list can show anyway. */
const shownLength = 200;

/** A value of any length: the start of it, and the whole in a drawer on request. */
export function LongValue({ name, value }: { name: string; value: string }) {
  const [open, setOpen] = useState(false);
  const long = value.length > shownLength || value.includes('\n');
  const shown = long ? value.slice(0, shownLength).replaceAll(/\s+/g, ' ') : value;
  return (
    <>
      <code className="long-value" title={long ? undefined : value}>
        {shown}
        {long && '…'}
      </code>
      {long && (
        <button
          type="button"
          className="text-button"
          aria-label={`${text.showAll}: ${name}`}
          onClick={() => {
            setOpen(true);
          }}
        >
          {text.showAll}
        </button>
      )}
      {open && (
        <WholeValue
          name={name}
          value={value}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function WholeValue({ name, value, onClose }: { name: string; value: string; onClose: () => void }) {
  const [find, setFind] = useState('');
  const [wrap, setWrap] = useState(true);
  return (
    <Dialog kind="drawer" title={name} onClose={onClose}>
      <div className="whole-value">
        <Suspense>
          <CodeView
            text={value}
            label={name}
            find={find}
            onFind={setFind}
            wrap={wrap}
            onWrap={setWrap}
            extra={<CopyButton value={value} label={text.copyWhole} />}
          />
        </Suspense>
      </div>
    </Dialog>
  );
}
