import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Search } from '../../api/automl.ts';
import type { RankedTrial } from '../../api/automl-ranking.ts';
import { automlTags, stopWish } from '../../api/automl-rules.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { PageTitle } from '../../components/page.tsx';
import { showToast } from '../../components/toast.tsx';
import { text } from '../../text/automl.ts';
import { deadlineOf, extendSearch, stopSearch } from './actions.ts';
import { PhaseMark } from './phase-mark.tsx';
import { RegisterTrial } from './trial/register-trial.tsx';
import { SearchTime, spanText, TimeBar } from './time-left.tsx';

const minute = 60_000;
const extensions = [minute, 5 * minute, 15 * minute, 60 * minute, 240 * minute];

interface SearchHeadProps {
  readonly search: Search;
  readonly best: RankedTrial | undefined;
  readonly running: boolean;
}

export function SearchHead({ search, best, running }: SearchHeadProps) {
  const { runId, experimentId, name } = search;
  const navigate = useNavigate();
  const [asked, setAsked] = useState<'stop' | 'register'>();
  const close = (): void => {
    setAsked(undefined);
  };
  const stopping = search.wish === stopWish;
  const deadline = deadlineOf(search);
  return (
    <>
      <div className="page-head">
        <nav aria-label={text.automl} className="page-crumbs">
          <Link to="/automl">{text.automl}</Link> /
        </nav>
        <PageTitle title={name}>
          <span title={name}>{name}</span>
        </PageTitle>
        <span role="status">
          <PhaseMark search={search} />
          {(search.phase === 'finished' || search.phase === 'stopped') && search.message !== '' && (
            <span className="dim">{text.head.ended(search.message)}</span>
          )}
        </span>
        <span className="spacer" />
        {running ? (
          <>
            <span className="automl-time">
              <span className="number">
                <SearchTime search={{ ...search, deadline }} />
              </span>
              {deadline !== undefined && <TimeBar search={search} deadline={deadline} />}
            </span>
            <Menu label={text.head.extend} text={text.head.extend} icon="plus" disabled={stopping}>
              {extensions.map((ms) => (
                <MenuItem key={ms} onSelect={() => void extendSearch(search, ms)}>
                  {text.head.extendBy(spanText(ms))}
                </MenuItem>
              ))}
            </Menu>
            <Button
              icon="stop"
              disabled={stopping}
              onClick={() => {
                setAsked('stop');
              }}
            >
              {stopping ? text.head.stopping : text.head.stop}
            </Button>
          </>
        ) : (
          <span className="dim automl-took">
            {text.facts.lasted} <SearchTime search={search} />
          </span>
        )}
        {best && (
          <Button
            kind={running ? 'plain' : 'primary'}
            onClick={() => {
              setAsked('register');
            }}
          >
            {text.head.register}
          </Button>
        )}
        <Menu label={text.head.actions} icon="more">
          <MenuItem
            icon="pencil"
            onSelect={() => void navigate({ to: '/automl/new', search: { again: runId } } as never)}
          >
            {text.head.again}
          </MenuItem>
          <MenuItem
            icon="external"
            onSelect={() => {
              void navigate({ to: '/experiments/$experimentId/runs/$runId', params: { experimentId, runId } });
            }}
          >
            {text.head.run}
          </MenuItem>
          {search.jobId !== undefined && (
            <MenuItem
              icon="jobs"
              onSelect={() => void navigate({ to: '/jobs/$jobId', params: { jobId: search.jobId ?? '' } })}
            >
              {text.head.job}
            </MenuItem>
          )}
          <MenuItem
            icon="rows"
            onSelect={() => {
              const filter = `tags.\`mlflow.parentRunId\` = '${runId}' AND tags.\`${automlTags.role}\` = 'trial'`;
              void navigate({
                to: '/experiments/$experimentId/runs',
                params: { experimentId },
                search: { filter },
              } as never);
            }}
          >
            {text.head.compare}
          </MenuItem>
        </Menu>
      </div>
      {asked === 'stop' && (
        <ConfirmDialog
          title={text.head.stopTitle(name)}
          action={text.head.stopAction}
          onConfirm={async () => {
            await stopSearch(search);
            showToast({ message: text.head.stopped });
            close();
          }}
          onClose={close}
        >
          <p>{text.head.stopHelp}</p>
        </ConfirmDialog>
      )}
      {asked === 'register' && best && (
        <RegisterTrial search={runId} trial={best} title={text.head.registerTitle} onClose={close} />
      )}
    </>
  );
}
