/** Markdown, made into elements by code that is loaded when the first text is shown; without it the text as it is. */
import { lazy, Suspense } from 'react';

const Body = lazy(() =>
  import('./markdown-body.tsx').then(
    ({ MarkdownBody }) => ({ default: MarkdownBody }),
    () => ({ default: Plain }),
  ),
);

export function Markdown({ children }: { children: string }) {
  return (
    <div className="markdown">
      <Suspense fallback={<Plain source={children} />}>
        <Body source={children} />
      </Suspense>
    </div>
  );
}

function Plain({ source }: { source: string }) {
  return <p className="markdown-plain">{source}</p>;
}
