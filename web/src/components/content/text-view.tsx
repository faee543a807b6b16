import type { ReactNode } from 'react';
import { CodeView } from './code-view.tsx';
import { languageOf, type Language } from './code-view-colours.ts';
import { useUrlState } from '../url-state.ts';

interface TextViewProps {
  readonly name: string;
  readonly text: string;
  readonly language?: Language;
  readonly extra?: ReactNode;
  readonly follow?: boolean;
}

/** Text whose search and wrapping stand in the address. */
export function TextView({ name, text, language = languageOf(name), extra, follow = false }: TextViewProps) {
  const [url, setUrl] = useUrlState();
  return (
    <CodeView
      text={text}
      label={name}
      language={language}
      follow={follow}
      extra={extra}
      find={url['find'] ?? ''}
      onFind={(find) => {
        setUrl({ find }, { replace: true });
      }}
      wrap={url['wrap'] === '1'}
      onWrap={(wrap) => {
        setUrl({ wrap: wrap ? '1' : undefined }, { replace: true });
      }}
    />
  );
}
