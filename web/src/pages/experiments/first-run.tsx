import { prefix } from '../../api/client.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { State } from '../../components/page.tsx';
import { text } from '../../text/experiments.ts';

/** What a server without a run shows: the way to the first one. */
export function FirstRun() {
  const code = [
    'import mlflow',
    `mlflow.set_tracking_uri("${location.origin}${prefix}")`,
    'mlflow.log_metric("loss", 0.25)',
  ].join('\n');
  return (
    <State title={text.firstRun}>
      <p>{text.firstRunHint}</p>
      <div className="first-run">
        <pre tabIndex={0}>{code}</pre>
        <CopyButton value={code} />
      </div>
    </State>
  );
}
