import type { Endpoint } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/endpoints.ts';
import { callSnippets, languages, shortRequest } from './call-snippets.ts';
import type { NamedVersion } from './main-version.ts';
import { useVersionExample } from './try/use-example.ts';

interface CallSectionProps {
  readonly endpoint: Endpoint;
  readonly version: NamedVersion;
  readonly title?: string;
}

/** How a program asks the endpoint, with a request that its model takes. */
export function CallSection({ endpoint, version, title = text.call.title }: CallSectionProps) {
  const [url, setUrl] = useUrlState();
  const { request } = useVersionExample(version.name, version.version);
  const language = languages.find((one) => one === url['call']) ?? 'curl';
  const address = `${location.origin}${endpoint.invocations_path}`;
  const code = request === undefined ? '' : callSnippets(address, shortRequest(request))[language];
  return (
    <section className="page-section" aria-label={title}>
      <div className="page-line">
        <h2>{title}</h2>
        <div className="segments" role="group" aria-label={text.call.language}>
          {languages.map((one) => (
            <Button
              key={one}
              aria-pressed={one === language}
              onClick={() => {
                setUrl({ call: one === 'curl' ? undefined : one }, { replace: true });
              }}
            >
              {text.call[one]}
            </Button>
          ))}
        </div>
      </div>
      <div className="page-code">
        <pre tabIndex={0} role="region" aria-label={text.call[language]}>
          <code>{code}</code>
        </pre>
        <CopyButton value={code} label={text.call.copy(text.call[language])} />
      </div>
    </section>
  );
}
