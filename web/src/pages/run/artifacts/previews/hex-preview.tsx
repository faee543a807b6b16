import { useQuery } from '@tanstack/react-query';
import { head } from '../../../../api/artifacts.ts';
import { Failed, Loading } from '../../../../components/page.tsx';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';

const shown = 512;

export function HexPreview({ file }: PreviewProps) {
  const { data, error, refetch } = useQuery(head(file, shown));
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className="preview-page">
      <p className="dim">{text.noPreview}</p>
      <pre className="hex" tabIndex={0} role="region" aria-label={text.hex}>
        {hexLines(data.bytes)}
      </pre>
    </div>
  );
}

function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${letters}`);
  }
  return lines.join('\n');
}
