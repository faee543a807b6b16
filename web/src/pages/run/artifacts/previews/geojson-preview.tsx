import { useMemo } from 'react';
import { parseJson } from '../../../../components/content/parse-json.ts';
import { count } from '../../../../components/format.ts';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { outlineOf } from './geojson.ts';
import { JsonView } from './json-view.tsx';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function GeojsonPreview({ file }: PreviewProps) {
  return (
    <WithText file={file} whole>
      {(loaded) => <GeojsonText name={file.name} {...loaded} />}
    </WithText>
  );
}

function GeojsonText({ name, text }: LoadedText & { name: string }) {
  const parsed = useMemo(() => parseJson(text), [text]);
  const outline = useMemo(() => ('value' in parsed ? outlineOf(parsed.value) : undefined), [parsed]);
  const [as, choice] = useViewAs([
    ...(outline ? [{ key: 'outline', label: words.asOutline }] : []),
    { key: 'tree', label: words.asTree },
  ]);
  if ('failure' in parsed) {
    return (
      <>
        <p className="preview-note">{words.brokenJson(parsed.failure)}</p>
        <TextView name={name} text={text} language="data" />
      </>
    );
  }
  if (!outline || as === 'tree') return <JsonView name={name} value={parsed.value} extra={choice} />;
  return (
    <>
      <div className="view-bar">
        {choice}
        <span className="dim">{words.features(count(outline.drawn), count(outline.total))}</span>
      </div>
      <svg className="outline" viewBox={outline.viewBox} role="img" aria-label={words.outline}>
        <path d={outline.lines} />
        <path d={outline.points} className="outline-points" />
      </svg>
    </>
  );
}
