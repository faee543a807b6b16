import { shortNumber } from '../../../components/format.ts';
import { Icon } from '../../../components/icon.tsx';
import { text } from '../../../text/endpoints.ts';
import { shortUri } from '../served.ts';
import { VersionChip } from '../version-chip.tsx';
import type { Sending } from './use-sending.ts';

interface OutcomeProps {
  readonly sending: Sending;
  /** The request was changed since it was sent. */
  readonly stale: boolean;
  /** What is said before anything was sent. */
  readonly hint: string;
}

/** What came of the last request in a line: its status, how fast it was, and who answered. */
export function Outcome({ sending: { answer, failure, waiting }, stale, hint }: OutcomeProps) {
  return (
    <div className="try-outcome" role="status">
      {waiting ? (
        <span className="dim">{text.attempt.sending}</span>
      ) : answer ? (
        <Answered {...answer.invocation} stale={stale} />
      ) : (
        failure === undefined && <span className="dim">{hint}</span>
      )}
    </div>
  );
}

interface AnsweredProps {
  readonly status: number;
  readonly milliseconds: number;
  readonly servedBy: string | undefined;
  readonly stale: boolean;
}

function Answered({ status, milliseconds, servedBy, stale }: AnsweredProps) {
  const look = status >= 400 ? 'failed' : 'finished';
  return (
    <>
      <span className={`status ${look}`}>
        <Icon name={look} />
      </span>
      <span>{text.attempt.status(status)}</span>
      <span className="number">{text.attempt.milliseconds(shortNumber(milliseconds))}</span>
      {servedBy !== undefined && (
        <>
          <span className="visually-hidden">{text.attempt.answered(shortUri(servedBy))}</span>
          <VersionChip uri={servedBy} tabIndex={0} />
        </>
      )}
      {stale && <span className="dim">{text.attempt.stale}</span>}
    </>
  );
}
