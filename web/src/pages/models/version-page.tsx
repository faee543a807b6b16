import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { describeVersion } from '../../api/model-changes.ts';
import { modelSummary, wholeVersions, type Model, type WholeVersion } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { shortNumber } from '../../components/format.ts';
import { MarkdownEditor } from '../../components/content/markdown-editor.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { Loading, PageTitle, State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { ViewTabs } from '../../components/view-tabs.tsx';
import { text as common } from '../../text/common.ts';
import { text as words } from '../../text/endpoints.ts';
import { text } from '../../text/models.ts';
import { DeployDialog } from '../endpoints/deploy-dialog.tsx';
import { DeleteVersionDialog } from './delete-dialogs.tsx';
import { HistorySection } from './history-section.tsx';
import { ModelFailed } from './model-page.tsx';
import { modelUri } from './model-name.ts';
import { PairsSection } from './pairs-section.tsx';
import { RegisterDialog } from './register-dialog.tsx';
import { SchemaSection } from './schema-section.tsx';
import { TagList } from './tag-list.tsx';
import { UseTab } from './use-tab.tsx';
import { useSignatures } from './use-signature.ts';
import { VersionFacts } from './version-facts.tsx';

export function VersionPage() {
  const { name = '', version = '' } = useParams({ strict: false });
  const model = useQuery(modelSummary(name));
  // What is no number in an address is no version.
  const versions = useQuery(wholeVersions(name, /^\d{1,9}$/.test(version) ? [version] : []));
  const found = versions.data?.[0];
  const error = model.error ?? versions.error;
  if (model.data && found) return <ShownVersion model={model.data} version={found} />;
  return (
    <>
      <VersionHead name={name} version={version} />
      {error ? (
        <ModelFailed
          error={error}
          onRetry={() => {
            void model.refetch();
            void versions.refetch();
          }}
        />
      ) : versions.data ? (
        <State title={text.missingVersion(version)}>
          <Link to="/models/$name" params={{ name }}>
            {name}
          </Link>
        </State>
      ) : (
        <Loading />
      )}
    </>
  );
}

function VersionHead({ name, version, children }: { name: string; version: string; children?: ReactNode }) {
  return (
    <div className="page-head">
      <nav aria-label={text.models} className="page-crumbs ellipsis">
        <Link to="/models">{text.models}</Link> /{' '}
        <Link to="/models/$name" params={{ name }} title={name}>
          {name}
        </Link>{' '}
        /
      </nav>
      <PageTitle title={text.titleOfVersion(name, version)}>{text.version(version)}</PageTitle>
      {children}
    </div>
  );
}

const tabs = ['overview', 'use', 'history'] as const;

function ShownVersion({ model, version }: { model: Model; version: WholeVersion }) {
  const { name } = model;
  const [url] = useUrlState();
  const [open, setOpen] = useState<'copy' | 'delete' | 'deploy'>();
  const navigate = useNavigate();
  const [signature = 'loading'] = useSignatures(name, [version.version]);
  const tab = tabs.find((which) => which === url['tab']) ?? 'overview';
  const close = (): void => {
    setOpen(undefined);
  };
  const params = { name, version: version.version };
  return (
    <>
      <VersionHead {...params}>
        <span className="spacer" />
        <Button
          kind="primary"
          icon="endpoints"
          onClick={() => {
            setOpen('deploy');
          }}
        >
          {words.deploy.button}
        </Button>
        <Button
          icon="copy"
          onClick={() => {
            setOpen('copy');
          }}
        >
          {text.copyTo}
        </Button>
        <Menu label={text.versionActions} icon="more">
          <MenuItem
            icon="trash"
            danger
            onSelect={() => {
              setOpen('delete');
            }}
          >
            {common.delete}
          </MenuItem>
        </Menu>
      </VersionHead>
      <ViewTabs label={text.tabsLabel} views={tabs} titles={text.tabs} current={tab} usual="overview" name="tab" />
      {tab === 'history' ? (
        <HistorySection name={name} version={version.version} />
      ) : tab === 'use' ? (
        <UseTab name={name} version={version} signature={signature} />
      ) : (
        <div className="page-columns">
          <VersionFacts model={model} version={version} />
          <div className="page-main">
            <MarkdownEditor
              label={text.description}
              value={version.description}
              subject={`version ${name}/${version.version}`}
              onSave={(description) => describeVersion(name, version.version, description)}
            />
            <TagList owner={params} tags={version.tags} />
            <SchemaSection signature={signature} />
            <PairsSection
              title={text.runMetrics}
              numbers
              pairs={version.metrics.map(({ key, value }) => ({
                key,
                value: shortNumber(Number(value)),
                full: String(value),
              }))}
            />
            <PairsSection title={text.runParams} pairs={version.params} />
          </div>
        </div>
      )}
      {open === 'copy' && (
        <RegisterDialog
          title={text.copyTitle(name, version.version)}
          action={text.copyAction}
          source={modelUri(name, { version: version.version })}
          {...(version.run ? { runId: version.run.run_id } : {})}
          onClose={close}
        />
      )}
      {open === 'deploy' && (
        <DeployDialog of={{ model: name, version: version.version, aliases: version.aliases }} onClose={close} />
      )}
      {open === 'delete' && (
        <DeleteVersionDialog
          name={name}
          version={version.version}
          aliases={version.aliases}
          stage={version.stage}
          onClose={close}
          onDeleted={() => {
            void navigate({ to: '/models/$name', params: { name } });
          }}
        />
      )}
    </>
  );
}
