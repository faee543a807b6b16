/** Markdown, made into elements by code that is loaded when the first text is shown; until then the text as it is. */
import { lazy, Suspense } from 'react';

const Body = lazy(async () => ({ default: (await import('./markdown-body.tsx')).MarkdownBody }));

export function Markdown({ children }: { children: string }) {
  return (
    <div className="markdown">
      <Suspense fallback={<p className="markdown-plain">{children}</p>}>
        <Body source={children} />
      </Suspense>
    </div>
  );
}
