import { prefix } from '../../api/client.ts';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { text } from '../../text/automl.ts';
import { commandOf } from './command.ts';

/** The same search as a command; nothing while something is wrong with it. */
export function CommandFor({ config }: { config: AutomlConfig | undefined }) {
  if (!config) return null;
  const command = commandOf(config, `${location.origin}${prefix}`);
  return (
    <section className="page-section" aria-label={text.config.command}>
      <h2>{text.config.command}</h2>
      <div className="page-code">
        <pre tabIndex={0} role="region" aria-label={text.config.command}>
          {command}
        </pre>
        <CopyButton value={command} />
      </div>
    </section>
  );
}
