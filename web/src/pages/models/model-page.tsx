import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiFailure } from '../../api/client.ts';
import { describeModel } from '../../api/model-changes.ts';
import { modelSummary, type Model } from '../../api/models.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { MarkdownEditor } from '../../components/content/markdown-editor.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { Failed, Loading, PageTitle, State } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { ViewTabs } from '../../components/view-tabs.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/models.ts';
import { DeleteModelDialog } from './delete-dialogs.tsx';
import { HistorySection } from './history-section.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { TagList } from './tag-list.tsx';
import { VersionsSection } from './versions-section.tsx';

export function ModelPage() {
  const { name = '' } = useParams({ strict: false });
  const { data: model, error, refetch } = useQuery(modelSummary(name));
  if (model) return <ShownModel key={model.name} model={model} />;
  return (
    <>
      <div className="page-head">
        <PageTitle>{name}</PageTitle>
      </div>
      {error ? <ModelFailed error={error} onRetry={() => void refetch()} /> : <Loading />}
    </>
  );
}

export function ModelFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!(error instanceof ApiFailure) || error.status !== 404) return <Failed error={error} onRetry={onRetry} />;
  return (
    <State title={text.missingModel}>
      <Link to="/models">{text.allModels}</Link>
    </State>
  );
}

const tabs = ['versions', 'history'] as const;

function ShownModel({ model }: { model: Model }) {
  const { name } = model;
  const navigate = useNavigate();
  const [url] = useUrlState();
  const tab = tabs.find((one) => one === url['tab']) ?? 'versions';
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const close = (): void => {
    setOpen(undefined);
  };
  const shownTabs = (
    <ViewTabs
      label={text.modelTabsLabel}
      views={tabs}
      titles={text.modelTabs}
      current={tab}
      usual="versions"
      name="tab"
    />
  );
  return (
    <>
      <div className="page-head">
        <nav aria-label={text.models} className="page-crumbs">
          <Link to="/models">{text.models}</Link> /
        </nav>
        <PageTitle title={name}>
          <span title={name}>{name}</span>
        </PageTitle>
        <CopyButton value={name} label={text.copyName} />
        <span className="dim models-modified">
          {text.modified} <Time at={model.last_updated_timestamp} />
        </span>
        <span className="spacer" />
        <Menu label={text.actions} icon="more">
          <MenuItem
            icon="pencil"
            onSelect={() => {
              setOpen('rename');
            }}
          >
            {common.rename}
          </MenuItem>
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
      </div>
      <div className="models-about">
        <MarkdownEditor
          label={text.description}
          value={model.description}
          subject={`model ${name}`}
          onSave={(description) => describeModel(name, description)}
        />
        <TagList owner={{ name }} tags={model.tags} />
      </div>
      {tab === 'versions' ? (
        <VersionsSection model={model} tabs={shownTabs} />
      ) : (
        <section className="models-versions" aria-label={text.history.title}>
          <div className="page-bar">{shownTabs}</div>
          <HistorySection name={name} />
        </section>
      )}
      {open === 'rename' && (
        <RenameDialog
          model={model}
          onClose={close}
          onRenamed={(newName) => {
            void navigate({ to: '/models/$name', params: { name: newName }, replace: true });
          }}
        />
      )}
      {open === 'delete' && (
        <DeleteModelDialog
          model={model}
          onClose={close}
          onDeleted={() => {
            void navigate({ to: '/models' });
          }}
        />
      )}
    </>
  );
}
