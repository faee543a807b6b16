import { changeEndpoint } from '../../api/endpoint-changes.ts';
import type { Endpoint } from '../../api/endpoints.ts';
import { MarkdownEditor } from '../../components/content/markdown-editor.tsx';
import { text } from '../../text/endpoints.ts';
import { CallSection } from './call-section.tsx';
import { EndpointFacts } from './endpoint-facts.tsx';
import { mainVersion } from './main-version.ts';
import { ServedSection } from './served-section.tsx';

export function OverviewTab({ endpoint, onSettings }: { endpoint: Endpoint; onSettings: () => void }) {
  const version = mainVersion(endpoint);
  return (
    <div className="page-columns">
      <EndpointFacts endpoint={endpoint} onSettings={onSettings} />
      <div className="page-main">
        <ServedSection endpoint={endpoint} />
        <MarkdownEditor
          label={text.description}
          value={endpoint.description ?? ''}
          subject={`endpoint ${endpoint.name}`}
          onSave={(description) => changeEndpoint(endpoint.name, { description })}
        />
        {version && <CallSection endpoint={endpoint} version={version} />}
      </div>
    </div>
  );
}
