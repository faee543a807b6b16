import { useId } from 'react';
import { prefix } from '../../api/client.ts';
import type { Version } from '../../api/models.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/models.ts';
import { CallDeployed } from '../endpoints/call-deployed.tsx';
import { modelUri } from './model-name.ts';
import { NotebookSection } from './notebook-section.tsx';
import { snippetsOf } from './snippets.ts';
import type { ReadSignature } from './use-signature.ts';

interface UseTabProps {
  readonly name: string;
  readonly version: Version;
  readonly signature: ReadSignature;
}

/** How to load and serve a version: by its number, or by what points at it. */
export function UseTab({ name, version, signature }: UseTabProps) {
  const id = useId();
  const [url, setUrl] = useUrlState();
  const ways = [
    { value: '', label: text.use.byVersion(version.version), uri: modelUri(name, { version: version.version }) },
    ...version.aliases.map((alias) => ({
      value: `@${alias}`,
      label: text.use.byAlias(alias),
      uri: modelUri(name, { alias }),
    })),
    ...(version.stage === 'None'
      ? []
      : [
          {
            value: version.stage,
            label: text.use.byStage(version.stage),
            uri: modelUri(name, { stage: version.stage }),
          },
        ]),
  ];
  const way = ways.find(({ value }) => value === (url['by'] ?? '')) ?? ways[0];
  const uri = way?.uri ?? '';
  const known = typeof signature === 'object' ? signature : undefined;
  const snippets = snippetsOf(`${location.origin}${prefix}`, uri, name, known);
  return (
    <div className="page-use">
      <div className="page-line">
        <label htmlFor={id}>{text.use.address}</label>
        <select
          id={id}
          value={way?.value}
          onChange={(event) => {
            setUrl({ by: event.target.value }, { replace: true });
          }}
        >
          {ways.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {name.includes('?') && <p className="page-warn">{text.use.queryMark}</p>}
      <Snippet title={text.use.uri} code={uri} />
      <Snippet title={text.use.python} help={text.use.pythonHelp} code={snippets.python} />
      <CallDeployed name={name} version={version.version} />
      <NotebookSection name={name} version={version.version} />
      <Snippet title={text.use.rest} help={text.use.restHelp} code={snippets.rest} />
      <Snippet title={text.use.docker} help={text.use.dockerHelp} code={snippets.docker} />
    </div>
  );
}

function Snippet({ title, help, code }: { title: string; help?: string; code: string }) {
  return (
    <section className="page-section" aria-label={title}>
      <h2>{title}</h2>
      {help && <p className="dim">{help}</p>}
      <div className="page-code">
        <pre tabIndex={0} role="region" aria-label={title}>
          <code>{code}</code>
        </pre>
        <CopyButton value={code} label={text.copySnippet(title)} />
      </div>
    </section>
  );
}
