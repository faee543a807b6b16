import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { head, fileOf, listing, parentOf } from '../../../../api/artifacts.ts';
import { prefix } from '../../../../api/client.ts';
import { CopyButton } from '../../../../components/copy-button.tsx';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { readModelFile, snippetOf, type ModelFile, type SignaturePart } from './mlmodel.ts';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { decode, WithText, type LoadedText } from './with-text.tsx';

export function MlmodelPreview({ file }: PreviewProps) {
  return (
    <WithText file={file} whole>
      {(loaded) => <Model runId={file.runId} path={file.path} {...loaded} />}
    </WithText>
  );
}

function Model({ runId, path, text }: LoadedText & { runId: string; path: string }) {
  const model = useMemo(() => readModelFile(text), [text]);
  const [as, choice] = useViewAs([
    ...(model ? [{ key: 'model', label: words.asModel }] : []),
    { key: 'text', label: words.asText },
  ]);
  if (!model || as === 'text') return <TextView name="MLmodel" text={text} language="data" extra={choice} />;
  const folder = parentOf(path);
  const uri = folder.startsWith('models:/') ? folder : `runs:/${runId}/${folder}`;
  return (
    <>
      <div className="view-bar">{choice}</div>
      <div className="preview-page model-file" tabIndex={0} role="region" aria-label={words.asModel}>
        <Code title={words.useIt} code={snippetOf(model, uri, location.origin + prefix)} />
        <h3>{words.signature}</h3>
        {model.signature.length === 0 && <p className="dim">{words.noSignature}</p>}
        {model.signature.map((part) => (
          <Signature key={part.part} {...part} />
        ))}
        {model.example !== undefined && (
          <Example runId={runId} path={folder === '' ? model.example : `${folder}/${model.example}`} />
        )}
        <h3>{words.flavors}</h3>
        {model.flavors.map(({ name, fields }) => (
          <Facts key={name} title={name} fields={fields} />
        ))}
        <Facts title={words.facts} fields={model.facts} />
      </div>
    </>
  );
}

function Signature({ part, rows }: SignaturePart) {
  return (
    <table className="plain-table">
      <caption>{words[part]}</caption>
      <thead>
        <tr>
          <th scope="col">{words.column}</th>
          <th scope="col">{words.type}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, 500).map(({ name, type, required }) => (
          <tr key={name}>
            <td className="mono">{name}</td>
            <td>
              {type} {!required && <span className="dim">{words.optional}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Facts({ title, fields }: { title: string; fields: ModelFile['facts'] }) {
  return (
    <table className="plain-table">
      <caption>{title}</caption>
      <tbody>
        {fields.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="mono">{value.slice(0, 500)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Code({ title, code }: { title: string; code: string }) {
  return (
    <>
      <h3 className="code-title">
        {title} <CopyButton value={code} />
      </h3>
      <pre className="code-block" tabIndex={0} role="region" aria-label={title}>
        {code}
      </pre>
    </>
  );
}

const exampleShown = 20_000;

/** The example that was saved beside the model. */
function Example({ runId, path }: { runId: string; path: string }) {
  const { data: siblings } = useQuery(listing(runId, parentOf(path)));
  const entry = siblings?.find((one) => one.path === path);
  const file = entry && fileOf(runId, entry);
  const { data } = useQuery({ ...head(file ?? emptyFile, exampleShown), enabled: file !== undefined });
  if (!data) return null;
  return <Code title={words.inputExample} code={decode(data.bytes, true)} />;
}

const emptyFile = { runId: '', path: '', name: '', isFolder: false, size: 0, url: '' };
