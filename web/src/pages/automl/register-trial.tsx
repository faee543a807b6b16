import { registerTrial } from '../../api/automl-changes.ts';
import { RegisterDialog } from '../models/register-dialog.tsx';

interface RegisterTrialProps {
  /** The run of its search. */
  readonly search: string;
  readonly runId: string;
  readonly title?: string;
  readonly onClose: () => void;
}

/** Asks for the name under which the model of a trial is registered. The server does all that belongs to it. */
export function RegisterTrial({ search, runId, title, onClose }: RegisterTrialProps) {
  return (
    <RegisterDialog
      source={`runs:/${runId}/model`}
      onRegister={(name, description) => registerTrial({ search, trial: runId, name, description })}
      {...(title !== undefined && { title })}
      onClose={onClose}
    />
  );
}
