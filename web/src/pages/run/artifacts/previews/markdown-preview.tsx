import { useCallback } from 'react';
import { downloadUrl } from '../../../../api/artifacts.ts';
import { MarkdownLinks, pathBeside, type MarkdownTarget } from '../../../../components/content/markdown-links.ts';
import { Markdown } from '../../../../components/content/markdown.tsx';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function MarkdownPreview({ file, onPath, addressOf, pathOf = pathBeside }: PreviewProps) {
  const { runId, path: own } = file;
  const targetOf = useCallback(
    (href: string): MarkdownTarget | undefined => {
      const path = pathOf(own, href);
      if (path === undefined) return undefined;
      const open = (): void => {
        onPath(path);
      };
      return { page: addressOf(path), open, bytes: downloadUrl(runId, path) };
    },
    [own, runId, onPath, addressOf, pathOf],
  );
  return (
    <MarkdownLinks value={targetOf}>
      <WithText file={file}>{(loaded) => <MarkdownText name={file.name} {...loaded} />}</WithText>
    </MarkdownLinks>
  );
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
