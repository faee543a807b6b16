import { pageUrl } from '../../../../api/artifacts.ts';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText } from './with-text.tsx';

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
