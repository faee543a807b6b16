import type { ReactNode } from 'react';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { shownName } from '../../../components/shown-name.ts';
import { text } from '../../../text/artifacts.ts';

interface ArtifactHeaderProps {
  readonly path: string;
  readonly facts: ReactNode;
  readonly href: string;
  readonly label: string;
}

/** Where it stands, how large it is, and the way to get it. */
export function ArtifactHeader({ path, facts, href, label }: ArtifactHeaderProps) {
  const shown = shownName(path);
  return (
    <header className="artifact-header">
      <h2 className="ellipsis mono" title={shown}>
        {shown}
      </h2>
      <CopyButton value={path} label={text.copyPath} />
      <span className="dim artifact-facts">{facts}</span>
      <a className="button" href={href} download aria-label={label} title={label}>
        <Icon name="download" />
        <span className="artifact-download">{text.download}</span>
      </a>
    </header>
  );
}
