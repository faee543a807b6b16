import { useMemo } from 'react';
import { parseJson } from '../../../../components/content/parse-json.ts';
import { Markdown } from '../../../../components/content/markdown.tsx';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { readNotebook, type Cell, type Output } from './notebook.ts';
import { quietHtml } from './quiet-html.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function NotebookPreview({ file }: PreviewProps) {
  return (
    <WithText file={file} whole>
      {(loaded) => <NotebookText name={file.name} {...loaded} />}
    </WithText>
  );
}

/** A longer notebook shows its start; all of it is in the text. */
const mostCells = 500;

function NotebookText({ name, text }: LoadedText & { name: string }) {
  const cells = useMemo(() => {
    const parsed = parseJson(text);
    return 'value' in parsed ? readNotebook(parsed.value) : undefined;
  }, [text]);
  const [as, choice] = useViewAs([
    ...(cells ? [{ key: 'page', label: words.asPage }] : []),
    { key: 'text', label: words.asText },
  ]);
  if (!cells || as === 'text') return <TextView name={name} text={text} language="data" extra={choice} />;
  return (
    <>
      <div className="view-bar">{choice}</div>
      <div className="preview-page notebook" tabIndex={0} role="region" aria-label={name}>
        {cells.slice(0, mostCells).map((cell, i) => (
          <CellView key={i} cell={cell} />
        ))}
      </div>
    </>
  );
}

function CellView({ cell }: { cell: Cell }) {
  if (cell.kind === 'markdown') return <Markdown>{cell.source}</Markdown>;
  return (
    <div className="cell">
      <pre className="cell-source" tabIndex={0} role="region" aria-label={words.codeCell}>
        {cell.source}
      </pre>
      {cell.outputs.map((output, i) => (
        <OutputView key={i} output={output} />
      ))}
    </div>
  );
}

function OutputView({ output }: { output: Output }) {
  switch (output.kind) {
    case 'image':
      return <img className="cell-image" src={output.source} alt={words.cellOutput} />;
    case 'html':
      return <HtmlOutput source={output.source} />;
    case 'error':
    case 'text':
      return (
        <pre className={`cell-output ${output.kind}`} tabIndex={0} role="region" aria-label={words.cellOutput}>
          {output.source}
        </pre>
      );
  }
}

/** No scripts, no origin; it inherits this page's policy, so it loads nothing either. What that forbids is left out. */
function HtmlOutput({ source }: { source: string }) {
  const shown = useMemo(() => quietHtml(source), [source]);
  return <iframe className="cell-html" title={words.cellOutput} sandbox="" srcDoc={shown} />;
}
