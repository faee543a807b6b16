import { useQuery } from '@tanstack/react-query';
import { profileOf } from '../../../api/automl.ts';
import { registerTrial } from '../../../api/automl-changes.ts';
import type { RankedTrial } from '../../../api/automl-ranking.ts';
import { fittedPercent, type DataProfile } from '../../../api/automl-rules.ts';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/automl.ts';
import { RegisterDialog } from '../../models/register-dialog.tsx';

interface RegisterTrialProps {
  /** The run of its search. */
  readonly search: string;
  readonly trial: Pick<RankedTrial, 'runId' | 'kind'>;
  readonly title?: string;
  readonly onClose: () => void;
}

/** Asks for the name under which the model of a trial is registered. The server does all that belongs to it. */
export function RegisterTrial({ search, trial: { runId, kind }, title, onClose }: RegisterTrialProps) {
  const { data: profile } = useQuery(profileOf(search));
  // A person's own notebook fits it to what that person likes.
  const isPart = kind !== 'final' && kind !== 'edited';
  return (
    <RegisterDialog
      source={`runs:/${runId}/model`}
      note={profile && isPart ? partText(profile) : undefined}
      onRegister={(name, description) => registerTrial({ search, trial: runId, name, description })}
      {...(title !== undefined && { title })}
      onClose={onClose}
    />
  );
}

/** Undefined: it was fitted to all rows. */
function partText(profile: DataProfile): string | undefined {
  const { fitted, registeredPart } = text.head;
  if (profile.kind === 'forecast') {
    return profile.test_steps === 0 ? undefined : registeredPart(fitted.steps(count(profile.test_steps)));
  }
  const percent = fittedPercent(profile);
  return registeredPart(percent === undefined ? fitted.part : fitted.percent(count(percent)));
}
