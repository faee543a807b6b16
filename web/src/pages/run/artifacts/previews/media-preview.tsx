import { useState } from 'react';
import { State } from '../../../../components/page.tsx';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';

/** The browser reads the parts it plays, so the size does not matter. */
export function AudioPreview({ file }: PreviewProps) {
  return <Media file={file} kind="audio" />;
}

export function VideoPreview({ file }: PreviewProps) {
  return <Media file={file} kind="video" />;
}

function Media({ file, kind }: Pick<PreviewProps, 'file'> & { kind: 'audio' | 'video' }) {
  const [failed, setFailed] = useState(false);
  if (failed) return <State title={text.noMedia} />;
  const props = {
    src: file.url,
    controls: true,
    preload: 'metadata',
    'aria-label': file.name,
    onError: () => {
      setFailed(true);
    },
  };
  return <div className="preview-media">{kind === 'audio' ? <audio {...props} /> : <video {...props} />}</div>;
}
