import { useMemo, useState } from 'react';
import { Button } from '../../../../components/button.tsx';
import { bytes as sizeOf } from '../../../../components/format.ts';
import { Failed, Loading } from '../../../../components/page.tsx';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { terminalText } from '../../../../components/content/terminal-text.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useTail } from './use-tail.ts';
import { decode, WithText } from './with-text.tsx';

/** A log of a run that is over is a text; that of a running one is read on from its end. */
export function LogPreview(props: PreviewProps) {
  return props.running ? <LiveLog {...props} /> : <WholeLog {...props} />;
}

function WholeLog({ file }: PreviewProps) {
  return <WithText file={file}>{({ text }) => <LogText name={file.name} text={text} />}</WithText>;
}

function LogText({ name, text }: { name: string; text: string }) {
  const shown = useMemo(() => terminalText(text), [text]);
  return <TextView name={name} text={shown} />;
}

function LiveLog({ file }: PreviewProps) {
  const { tail, error } = useTail(file);
  const [follow, setFollow] = useState(true);
  const text = useMemo(() => (tail ? terminalText(decode(tail.bytes, true)) : ''), [tail]);
  if (!tail) return error === undefined ? <Loading /> : <Failed error={error} />;
  return (
    <>
      {tail.start > 0 && (
        <p className="preview-note">{words.tailShown(sizeOf(tail.bytes.length), sizeOf(tail.total))}</p>
      )}
      <TextView
        name={file.name}
        text={text}
        follow={follow}
        extra={
          <>
            <Button
              aria-pressed={follow}
              onClick={() => {
                setFollow(!follow);
              }}
            >
              {words.follow}
            </Button>
            <span className="live-mark">{words.live}</span>
          </>
        }
      />
    </>
  );
}
