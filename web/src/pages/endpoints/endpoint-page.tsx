import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ApiFailure } from '../../api/client.ts';
import { endpointNamed, type Endpoint } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { Failed, Loading, PageTitle, State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { ViewTabs } from '../../components/view-tabs.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/endpoints.ts';
import { start, stop } from './actions.ts';
import { CapturedTab } from './captured/captured-tab.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { LogTab } from './log-tab.tsx';
import { MetricsTab } from './metrics/metrics-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { StateMark } from './state-mark.tsx';
import { TryTab } from './try/try-tab.tsx';

export function EndpointPage() {
  const { name = '' } = useParams({ strict: false });
  const { data: endpoint, error, refetch } = useQuery(endpointNamed(name));
  // One that was deleted elsewhere is gone, whatever was read of it before.
  const missing = error instanceof ApiFailure && error.status === 404;
  if (endpoint && !missing) return <ShownEndpoint key={endpoint.name} endpoint={endpoint} />;
  return (
    <>
      <EndpointHead name={name} />
      {missing ? (
        <State title={text.missing}>
          <Link to="/endpoints">{text.all}</Link>
        </State>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function EndpointHead({ name, children }: { name: string; children?: ReactNode }) {
  return (
    <div className="page-head endpoint-head">
      <nav aria-label={text.endpoints} className="page-crumbs">
        <Link to="/endpoints">{text.endpoints}</Link> /
      </nav>
      <PageTitle>{name}</PageTitle>
      {children}
    </div>
  );
}

const tabs = ['overview', 'try', 'metrics', 'log', 'captured'] as const;

function ShownEndpoint({ endpoint }: { endpoint: Endpoint }) {
  const { name, state, message } = endpoint;
  const navigate = useNavigate();
  const [url] = useUrlState();
  const tab = tabs.find((one) => one === url['tab']) ?? 'overview';
  const [open, setOpen] = useState<'settings' | 'delete'>();
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <>
      <EndpointHead name={name}>
        <CopyButton value={`${location.origin}${endpoint.invocations_path}`} label={text.copyAddress} />
        <span role="status">
          <StateMark state={state} />
        </span>
        <span className="spacer" />
        {state === 'stopped' || state === 'failed' ? (
          <Button icon="play" onClick={() => void start(name)}>
            {state === 'failed' ? text.tryAgain : text.start}
          </Button>
        ) : (
          <Button icon="stop" onClick={() => void stop(name)}>
            {text.stop}
          </Button>
        )}
        <Menu label={text.actions} icon="more">
          <MenuItem
            icon="pencil"
            onSelect={() => {
              setOpen('settings');
            }}
          >
            {text.settings}
          </MenuItem>
          {state === 'failed' && (
            <MenuItem icon="stop" onSelect={() => void stop(name)}>
              {text.stop}
            </MenuItem>
          )}
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
      </EndpointHead>
      {message !== undefined && message !== '' && (
        <p className="endpoint-message" data-state={state} role="status">
          {message}
        </p>
      )}
      <ViewTabs label={text.tabsLabel} views={tabs} titles={text.tabs} current={tab} usual="overview" name="tab" />
      {tab === 'overview' && (
        <OverviewTab
          endpoint={endpoint}
          onSettings={() => {
            setOpen('settings');
          }}
        />
      )}
      {tab === 'try' && <TryTab endpoint={endpoint} />}
      {tab === 'metrics' && <MetricsTab name={name} />}
      {tab === 'log' && <LogTab name={name} />}
      {tab === 'captured' && (
        <CapturedTab
          endpoint={endpoint}
          onSettings={() => {
            setOpen('settings');
          }}
        />
      )}
      {open === 'settings' && <SettingsDialog endpoint={endpoint} onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          endpoint={endpoint}
          onClose={close}
          onDeleted={() => {
            void navigate({ to: '/endpoints' });
          }}
        />
      )}
    </>
  );
}
