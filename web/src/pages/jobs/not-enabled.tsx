import { text } from '../../text/jobs.ts';

/** The option of `modelyard server` that allows projects. */
const flag = '--project-jobs on';

export function NotEnabled() {
  const [before, after] = text.offHelp('\0').split('\0');
  return (
    <p className="banner" role="status">
      {text.off} {before}
      <code>{flag}</code>
      {after}
    </p>
  );
}
