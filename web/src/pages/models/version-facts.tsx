import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Model, Version } from '../../api/models.ts';
import { IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Fact } from '../../components/fact.tsx';
import { Time } from '../../components/time.tsx';
import { text as words } from '../../text/endpoints.ts';
import { text } from '../../text/models.ts';
import { DeployedAt } from '../endpoints/deployed-at.tsx';
import { AliasDialog } from './alias-dialog.tsx';
import { OwnAlias } from './chips.tsx';
import { RunLink } from './run-link.tsx';
import { StageMenu } from './stage-menu.tsx';

export function VersionFacts({ model, version }: { model: Model; version: Version }) {
  const { name } = model;
  const { run } = version;
  const [editing, setEditing] = useState(false);
  return (
    <dl className="page-facts">
      <Fact title={text.facts.aliases}>
        <span className="chips wrap">
          {version.aliases.map((alias) => (
            <OwnAlias key={alias} alias={alias} />
          ))}
          <IconButton
            icon="pencil"
            className="in-cell"
            label={text.editAliases(version.version)}
            onClick={() => {
              setEditing(true);
            }}
          />
        </span>
      </Fact>
      <Fact title={text.facts.stage}>
        <StageMenu name={name} version={version.version} stage={version.stage} staged={model.stages} />
      </Fact>
      <Fact title={words.deploy.deployedAt}>
        <DeployedAt name={name} version={version.version} />
      </Fact>
      <Fact title={text.facts.status}>
        {text.status[version.status]}
        {version.status_message && <span className="dim"> {version.status_message}</span>}
      </Fact>
      <Fact title={text.facts.run}>
        <RunLink run={run} />
      </Fact>
      {run?.experiment_id !== undefined && (
        <Fact title={text.facts.experiment}>
          <Link to="/experiments/$experimentId/runs" params={{ experimentId: run.experiment_id }}>
            {run.experiment_name}
          </Link>
        </Fact>
      )}
      <Fact title={text.facts.created}>
        <Time at={version.creation_timestamp} />
      </Fact>
      <Fact title={text.facts.modified}>
        <Time at={version.last_updated_timestamp} />
      </Fact>
      {version.user_id && <Fact title={text.facts.user}>{version.user_id}</Fact>}
      <Fact title={text.facts.source}>
        <span className="models-source">
          <code title={version.source}>{version.source}</code>
          <CopyButton value={version.source} />
        </span>
      </Fact>
      {editing && (
        <AliasDialog
          name={name}
          version={version.version}
          aliases={model.aliases}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </dl>
  );
}
