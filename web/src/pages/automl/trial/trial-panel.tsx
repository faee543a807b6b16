import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { downloadUrl, listing } from '../../../api/artifacts.ts';
import type { Search } from '../../../api/automl.ts';
import type { RankedTrial } from '../../../api/automl-ranking.ts';
import type { AutomlConfig } from '../../../api/automl-rules.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { Icon } from '../../../components/icon.tsx';
import { State } from '../../../components/page.tsx';
import { text } from '../../../text/automl-trial.ts';
import { NotebookView } from './notebook-view.tsx';
import { RegisterTrial } from './register-trial.tsx';
import { TrialFacts } from './trial-facts.tsx';
import { TrialMark } from './trial-mark.tsx';
import { TrialPlots } from './trial-plots.tsx';

interface TrialPanelProps {
  readonly search: Search;
  readonly config: AutomlConfig;
  readonly runId: string;
  /** Undefined: there is none of this id. */
  readonly trial: RankedTrial | undefined;
  /** How many have a rank. */
  readonly rivals: number;
  /** Undefined: about it; `plots`, `notebook`. */
  readonly show: string | undefined;
  /** It takes the focus when it opens. */
  readonly focused: boolean;
  readonly onShow: (part: string | undefined) => void;
  readonly onClose: () => void;
  readonly onStep: (step: 1 | -1) => void;
}

const parts = ['plots', 'notebook'] as const;

/** One trial: what it is, how good it is, its plots, and its notebook as it was executed. */
export function TrialPanel(props: TrialPanelProps) {
  const { search, config, runId, trial, rivals, show, focused, onShow, onStep } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const [registering, setRegistering] = useState(false);
  useEffect(() => {
    if (focused) heading.current?.focus();
    // Only when it opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const close = (): void => {
    props.onClose();
    document.querySelector<HTMLElement>('[data-testid=leaderboard]')?.focus();
  };
  useHotkeys({ Escape: { label: text.keys.close, run: close } });
  const files = useQuery({ ...listing(runId, ''), enabled: trial !== undefined });
  const notebook = files.data?.find(({ name, isFolder }) => !isFolder && name.endsWith('.ipynb'));
  const part = parts.find((one) => one === show);
  const name = trial?.name ?? runId;
  return (
    <section className="task-panel automl-trial" aria-label={text.label(name)}>
      <header className="task-head">
        <h2 ref={heading} tabIndex={-1} className="ellipsis" title={name}>
          {name}
        </h2>
        {trial && <TrialMark trial={trial} />}
        <span className="spacer" />
        <IconButton icon="up" label={text.previous} onClick={() => onStep(-1)} />
        <IconButton icon="down" label={text.next} onClick={() => onStep(1)} />
        <IconButton icon="close" label={text.close} onClick={close} />
      </header>
      {!trial ? (
        <State title={text.gone}>
          <Button onClick={close}>{text.showAll}</Button>
        </State>
      ) : (
        <>
          <div className="automl-trial-bar">
            <div className="segments task-parts" role="group" aria-label={text.views}>
              {([undefined, ...parts] as const).map((one) => (
                <Button
                  key={one ?? 'about'}
                  aria-pressed={one === part}
                  onClick={() => {
                    onShow(one);
                  }}
                >
                  {text[one ?? 'about']}
                </Button>
              ))}
            </div>
            <span className="spacer" />
            {notebook && part !== 'notebook' && (
              <a
                className="button quiet square"
                href={downloadUrl(runId, notebook.path)}
                download={notebook.name}
                aria-label={text.download}
                title={text.download}
              >
                <Icon name="download" />
              </a>
            )}
            {trial.status === 'FINISHED' && (
              <Button
                onClick={() => {
                  setRegistering(true);
                }}
              >
                {text.register}
              </Button>
            )}
            <Link
              className="button"
              to="/experiments/$experimentId/runs/$runId"
              params={{ experimentId: search.experimentId, runId }}
            >
              {text.run}
            </Link>
          </div>
          {part === 'plots' ? (
            <TrialPlots runId={runId} running={trial.status === 'RUNNING'} />
          ) : part === 'notebook' ? (
            <NotebookView runId={runId} path={notebook?.path} isThere={!files.isPending} />
          ) : (
            <TrialFacts config={config} trial={trial} rivals={rivals} />
          )}
        </>
      )}
      {registering && trial && (
        <RegisterTrial
          search={search.runId}
          trial={trial}
          onClose={() => {
            setRegistering(false);
          }}
        />
      )}
    </section>
  );
}
