import { Suspense } from 'react';
import { later } from '../../../components/later.tsx';
import { Loading, State } from '../../../components/page.tsx';
import { text } from '../../../text/automl-trial.ts';

const SelectedArtifact = later(() => import('../../run/artifacts/selected-artifact.tsx'), 'SelectedArtifact');

interface NotebookViewProps {
  readonly runId: string;
  readonly path: string | undefined;
  /** Whether it is known what files there are. */
  readonly isThere: boolean;
}

/** A notebook of a run, rendered as it was executed. */
export function NotebookView({ runId, path, isThere }: NotebookViewProps) {
  if (path === undefined) return isThere ? <State title={text.noNotebook} /> : <Loading />;
  return (
    <div className="artifact-preview task-product">
      <Suspense fallback={<Loading />}>
        <SelectedArtifact
          key={`${runId} ${path}`}
          runId={runId}
          path={path}
          onPath={() => undefined}
          addressOf={() => ''}
        />
      </Suspense>
    </div>
  );
}
