import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { rename, setDeleted, surroundingsQuery, type RunDetail } from '../../api/run.ts';
import { cssColour } from '../../charts/run-colour.ts';
import { IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { count } from '../../components/format.ts';
import { later } from '../../components/later.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { PageTitle } from '../../components/page.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { showFailure, showToast } from '../../components/toast.tsx';
import { statusText } from '../../text/run-status.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/run.ts';
import { KeepToCompareItem } from '../compare/choose/keep-item.tsx';
import { LineEditor } from './line-editor.tsx';
import { modelsOf, type RunModel } from './run-models.ts';
import { tableOf, type RunSteps } from './run-order.ts';
import { showRenamed } from './show-renamed.ts';
import { useColourOfRun } from './use-colour-of-run.ts';

export function RunHeader({ run, steps }: { run: RunDetail; steps: RunSteps | undefined }) {
  const [renaming, setRenaming] = useState(false);
  const { data: around } = useQuery(surroundingsQuery(run.id));
  const colour = useColourOfRun(run);
  const name = run.name.trim() === '' ? text.unnamed : run.name;
  const experiment = around?.experiment?.name ?? run.experimentId;
  return (
    <header className="run-header">
      <i className="dot" style={{ background: cssColour(colour) }} />
      <StatusIcon kind={run.status} label={statusText(run.status)} />
      <nav aria-label={text.breadcrumb} className="run-crumb">
        <Link
          {...(tableOf(run.id) ?? { to: `/experiments/${run.experimentId}/runs` })}
          className="ellipsis"
          title={experiment}
        >
          {experiment}
        </Link>
        <span aria-hidden="true">/</span>
      </nav>
      {renaming ? (
        <LineEditor
          label={text.runName}
          value={run.name}
          complaintOf={(next) => (next.trim() === '' ? common.nameNeeded : undefined)}
          onSave={(next) => renameWithUndo(run, next.trim())}
          onEnd={() => {
            setRenaming(false);
          }}
        />
      ) : (
        <>
          <PageTitle title={around?.experiment?.name === undefined ? name : `${name} - ${experiment}`}>
            <span title={name}>{name}</span>
          </PageTitle>
          <IconButton
            icon="pencil"
            label={text.rename}
            onClick={() => {
              setRenaming(true);
            }}
          />
        </>
      )}
      <code className="run-id dim">{run.id.slice(0, 8)}</code>
      <CopyButton value={run.id} label={text.copyId} />
      <span className="spacer" />
      {steps && <Steps steps={steps} />}
      <Actions
        run={run}
        name={name}
        onRename={() => {
          setRenaming(true);
        }}
      />
    </header>
  );
}

/** Rejects when it was not saved. */
async function renameWithUndo(run: RunDetail, name: string): Promise<void> {
  if (name === run.name) return;
  await rename(run, name);
  showRenamed(name, run.name, () => {
    rename(run, run.name).catch(showFailure);
  });
}

function Steps({ steps: { place, go } }: { steps: RunSteps }) {
  return (
    <>
      <span className="dim run-place">{text.place(count(place.at), count(place.total))}</span>
      <IconButton
        icon="up"
        label={text.previous}
        disabled={place.previous === undefined}
        onClick={() => {
          go(place.previous);
        }}
      />
      <IconButton
        icon="down"
        label={text.next}
        disabled={place.next === undefined}
        onClick={() => {
          go(place.next);
        }}
      />
    </>
  );
}

const RegisterDialog = later(() => import('../models/register-dialog.tsx'), 'RegisterDialog');

function Actions({ run, name, onRename }: { run: RunDetail; name: string; onRename: () => void }) {
  const [registering, setRegistering] = useState<RunModel>();
  const { data: around } = useQuery(surroundingsQuery(run.id));
  const models = modelsOf(run, around);
  const setGone = async (deleted: boolean): Promise<void> => {
    try {
      await setDeleted(run, deleted);
      showToast(
        deleted
          ? { message: text.deletedNow(name), action: { label: common.undo, run: () => void setGone(false) } }
          : { message: text.restoredNow(name) },
      );
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <>
      <Menu icon="more" label={text.actions}>
        <MenuItem icon="pencil" onSelect={onRename}>
          {text.rename}
        </MenuItem>
        {models.map((model) => (
          <MenuItem
            key={model.source}
            icon="models"
            onSelect={() => {
              setRegistering(model);
            }}
          >
            {text.register(model.name)}
          </MenuItem>
        ))}
        <KeepToCompareItem id={run.id} name={run.name} />
        {run.deleted ? (
          <MenuItem icon="undo" onSelect={() => void setGone(false)}>
            {text.restoreRun}
          </MenuItem>
        ) : (
          <MenuItem icon="trash" danger onSelect={() => void setGone(true)}>
            {text.deleteRun}
          </MenuItem>
        )}
      </Menu>
      {registering && (
        <Suspense>
          <RegisterDialog
            runId={run.id}
            source={registering.source}
            {...(registering.modelId === undefined ? {} : { modelId: registering.modelId })}
            onClose={() => {
              setRegistering(undefined);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
