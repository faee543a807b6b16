import { useMemo } from 'react';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { JsonView } from './json-view.tsx';
import { largestParsed, parseYaml } from './parse-yaml.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function YamlPreview({ file }: PreviewProps) {
  return <WithText file={file}>{(loaded) => <YamlText name={file.name} {...loaded} />}</WithText>;
}

function YamlText({ name, text, complete }: LoadedText & { name: string }) {
  const parses = complete && text.length <= largestParsed;
  const [as, choice] = useViewAs([
    { key: 'text', label: words.asText },
    ...(parses ? [{ key: 'tree', label: words.asTree }] : []),
  ]);
  const value = useMemo(() => (parses && as === 'tree' ? parseYaml(text) : undefined), [parses, as, text]);
  if (as === 'tree' && value !== undefined) return <JsonView name={name} value={value} extra={choice} />;
  return (
    <>
      {as === 'tree' && <p className="preview-note">{words.brokenYaml}</p>}
      <TextView name={name} text={text} language="data" extra={choice} />
    </>
  );
}
