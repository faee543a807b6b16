import { useEffect, useRef } from 'react';
import { CopyButton } from '../../../components/copy-button.tsx';
import { text } from '../../../text/endpoints.ts';
import { errorOf, jsonText } from './predictions.ts';
import type { Answer, Sending } from './use-sending.ts';

interface AnswerViewProps {
  readonly sending: Sending;
  /** Its predictions stand beside the rows already. */
  readonly beside: boolean;
}

/** The answer itself, or what is wrong in the words of the server. */
export function AnswerView({ sending: { answer, failure, waiting }, beside }: AnswerViewProps) {
  const section = useRef<HTMLElement>(null);
  const failed = answer !== undefined && answer.invocation.status >= 400;
  const problem = failure ?? (failed ? errorOf(answer.invocation.json, answer.invocation.text) : undefined);
  // It stands below the form, which may be long.
  useEffect(() => {
    if (problem !== undefined && !waiting) section.current?.scrollIntoView({ block: 'nearest' });
  }, [problem, waiting]);
  return (
    <section ref={section} className="try-answer" aria-label={text.attempt.answer} aria-busy={waiting}>
      {!waiting && problem !== undefined && (
        <p className="try-error" role="alert">
          {problem === '' ? text.attempt.empty : problem}
        </p>
      )}
      {!waiting && problem === undefined && answer && <Whole answer={answer} folded={beside} />}
    </section>
  );
}

/** An answer of any size stays of use: a browser draws no more text than this at once. */
const mostShown = 100_000;

function Whole({ answer: { invocation }, folded }: { answer: Answer; folded: boolean }) {
  const whole = invocation.json === undefined ? invocation.text : jsonText(invocation.json, 2);
  return (
    <details className="try-whole" open={!folded}>
      <summary>{text.attempt.whole}</summary>
      <div className="page-code">
        <pre tabIndex={0} role="region" aria-label={text.attempt.whole}>
          <code>{whole.length > mostShown ? `${whole.slice(0, mostShown)}…` : whole}</code>
        </pre>
        <CopyButton value={invocation.text} label={text.attempt.copyAnswer} />
      </div>
    </details>
  );
}
