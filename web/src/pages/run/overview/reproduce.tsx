import { useQuery } from '@tanstack/react-query';
import { prefix } from '../../../api/client.ts';
import { surroundingsQuery, type RunDetail } from '../../../api/run.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { text } from '../../../text/run.ts';
import { recipe } from './recipe.ts';

/** What to type to get the code, the environment, the run and its model again. */
export function Reproduce({ run }: { run: RunDetail }) {
  const { data: around } = useQuery(surroundingsQuery(run.id));
  const model = around?.logged_models?.find(({ direction }) => direction === 'output')?.model_id;
  const parts = recipe(run, model, location.origin + prefix);
  return (
    <section className="reproduce">
      <h2>{text.reproduce}</h2>
      {parts.map(({ name, code }) => (
        <div key={name}>
          <div className="section-head">
            <h3>{text.reproduced[name]}</h3>
            <span className="spacer" />
            <CopyButton value={code} label={text.copyValue(text.reproduced[name])} />
          </div>
          <pre tabIndex={0} role="region" aria-label={text.reproduced[name]}>
            {code}
          </pre>
        </div>
      ))}
    </section>
  );
}
