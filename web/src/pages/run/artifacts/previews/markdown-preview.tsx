import { Markdown } from '../../../../components/content/markdown.tsx';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function MarkdownPreview({ file }: PreviewProps) {
  return <WithText file={file}>{(loaded) => <MarkdownText name={file.name} {...loaded} />}</WithText>;
}

function MarkdownText({ name, text }: LoadedText & { name: string }) {
  const [as, choice] = useViewAs([
    { key: 'page', label: words.asPage },
    { key: 'text', label: words.asText },
  ]);
  if (as === 'text') return <TextView name={name} text={text} extra={choice} />;
  return (
    <>
      <div className="view-bar">{choice}</div>
      <div className="preview-page" tabIndex={0} role="region" aria-label={name}>
        <Markdown>{text}</Markdown>
      </div>
    </>
  );
}
