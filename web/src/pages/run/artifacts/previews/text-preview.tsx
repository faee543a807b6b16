import type { PreviewProps } from '../preview-props.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { WithText } from './with-text.tsx';

export function TextPreview({ file }: PreviewProps) {
  return <WithText file={file}>{({ text }) => <TextView name={file.name} text={text} />}</WithText>;
}
