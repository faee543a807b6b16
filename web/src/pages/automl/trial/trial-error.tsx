import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fileTextOf } from '../../../api/automl.ts';
import { trialFiles } from '../../../api/automl-rules.ts';
import type { Trial } from '../../../api/automl-ranking.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { terminalText } from '../../../components/content/terminal-text.ts';
import { text } from '../../../text/automl-trial.ts';
import { text as words } from '../../../text/automl-words.ts';

/** Why a trial failed: a sentence, and below it the traceback. */
export function TrialError({ trial: { runId, message, failure } }: { trial: Trial }) {
  const { data } = useQuery(fileTextOf(runId, trialFiles.error));
  const whole = useMemo(() => terminalText(data ?? ''), [data]);
  return (
    <section className="task-error" aria-label={text.why}>
      <header>
        <h2>{text.why}</h2>
        <span className="spacer" />
        {whole !== '' && <CopyButton value={whole} />}
      </header>
      <p>{message || (failure ? words.failures[failure] : text.unknownWhy)}</p>
      {whole !== '' && (
        <pre tabIndex={0} role="region" aria-label={text.whole}>
          {whole}
        </pre>
      )}
    </section>
  );
}
