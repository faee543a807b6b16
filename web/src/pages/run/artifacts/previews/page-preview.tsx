import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { head, pageUrl, type ArtifactFile } from '../../../../api/artifacts.ts';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { askedElsewhere } from './asked-elsewhere.ts';
import { useViewAs } from './view-as.tsx';
import { decode, WithText } from './with-text.tsx';

/** Pages name what they need at their beginning. */
const headSize = 256_000;
const mostNamed = 5;

/** The frame has no origin, by its own attribute and by the policy of the answer it shows. */
export function PagePreview({ file }: PreviewProps) {
  const [as, choice] = useViewAs([
    { key: 'page', label: words.asPage },
    { key: 'text', label: words.asText },
  ]);
  if (as === 'text') {
    return (
      <WithText file={file}>
        {({ text }) => <TextView name={file.name} text={text} language="script" extra={choice} />}
      </WithText>
    );
  }
  return (
    <>
      <div className="view-bar">
        {choice}
        <span className="dim">{words.pageNote}</span>
      </div>
      <Missing file={file} />
      <iframe
        className="preview-frame"
        title={file.name}
        src={pageUrl(file.runId, file.path)}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
      />
    </>
  );
}

/** A page that needs scripts of a network stays empty and cannot say why. */
function Missing({ file }: { file: ArtifactFile }) {
  const { data } = useQuery(head(file, headSize));
  const asked = useMemo(
    () => (data ? askedElsewhere(decode(data.bytes, data.bytes.length < file.size)) : []),
    [data, file.size],
  );
  if (asked.length === 0) return null;
  return (
    <p className="preview-note page-warn" role="status">
      {words.pageAsks(asked.slice(0, mostNamed).join(', '))}
    </p>
  );
}
