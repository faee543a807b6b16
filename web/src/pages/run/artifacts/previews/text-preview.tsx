import { useMemo } from 'react';
import type { PreviewProps } from '../preview-props.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function TextPreview({ file }: PreviewProps) {
  return <WithText file={file}>{(loaded) => <Lines name={file.name} {...loaded} />}</WithText>;
}

/** A carriage return alone ends a line too, as of old programs; in a log it would be that of a progress bar. */
function Lines({ name, text }: LoadedText & { name: string }) {
  const shown = useMemo(() => text.replaceAll(/\r\n?/g, '\n'), [text]);
  return <TextView name={name} text={shown} />;
}
