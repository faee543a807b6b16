import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { runQuery, surroundingsQuery } from '../../api/run.ts';
import { showFailure } from '../../components/toast.tsx';
import { text } from '../../text/automl.ts';
import { RegisterDialog } from '../models/register-dialog.tsx';
import { modelsOf } from '../run/run-models.ts';

interface RegisterTrialProps {
  readonly runId: string;
  readonly title?: string;
  readonly onClose: () => void;
}

/** Asks for the name under which the model of a trial is registered. */
export function RegisterTrial({ runId, title, onClose }: RegisterTrialProps) {
  const run = useQuery(runQuery(runId));
  const around = useQuery(surroundingsQuery(runId));
  const model = run.data && around.data && modelsOf(run.data, around.data)[0];
  const failed = run.error ?? around.error ?? (around.data && run.data && !model ? new Error(text.head.noModel) : null);
  useEffect(() => {
    if (!failed) return;
    showFailure(failed);
    onClose();
    // Once.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [failed === null]);
  if (!model) return null;
  return (
    <RegisterDialog
      source={model.source}
      runId={runId}
      {...(model.modelId !== undefined && { modelId: model.modelId })}
      {...(title !== undefined && { title })}
      onClose={onClose}
    />
  );
}
