import { Link } from '@tanstack/react-router';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import { Icon } from '../../components/icon.tsx';
import { text } from '../../text/automl.ts';
import { CommandFor } from './command-for.tsx';
import { ConfigFacts } from './config-facts.tsx';

/** What the search was asked to do, and how it is asked for again. */
export function ConfigTab({ runId, config }: { runId: string; config: AutomlConfig }) {
  return (
    <div className="page-use">
      <section className="page-section" aria-label={text.config.title}>
        <h2>{text.config.title}</h2>
        <dl className="page-facts task-pairs">
          <ConfigFacts config={config} />
        </dl>
      </section>
      <p>
        <Link className="button" to="/automl/new" search={{ again: runId } as never}>
          <Icon name="pencil" />
          {text.config.again}
        </Link>
      </p>
      <CommandFor config={config} />
    </div>
  );
}
