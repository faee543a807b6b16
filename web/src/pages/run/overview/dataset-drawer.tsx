import { Link } from '@tanstack/react-router';
import { quoted } from '../../../api/filter-text.ts';
import type { RunDataset } from '../../../api/run.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { laidOutJson } from '../../../components/content/laid-out-json.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { text } from '../../../text/run.ts';
import { LongValue } from '../long-value.tsx';
import { schemaOf, type SchemaColumn } from './dataset-schema.ts';
import { addressOf } from './dataset-source.ts';

interface DatasetDrawerProps {
  readonly dataset: RunDataset;
  readonly experimentId: string;
  readonly onClose: () => void;
}

const words = text.dataset;

export function DatasetDrawer({ dataset, experimentId, onClose }: DatasetDrawerProps) {
  const columns = schemaOf(dataset.schema);
  return (
    <Dialog kind="drawer" title={dataset.name} onClose={onClose}>
      <dl className="facts">
        <div>
          <dt className="dim">{words.digest}</dt>
          <dd>
            <code>{dataset.digest}</code> <CopyButton value={dataset.digest} label={text.copyValue(words.digest)} />
          </dd>
        </div>
        {dataset.context !== '' && (
          <div>
            <dt className="dim">{words.context}</dt>
            <dd>{dataset.context}</dd>
          </div>
        )}
        <div>
          <dt className="dim">{words.source}</dt>
          <dd>
            {dataset.sourceType} <LongValue name={words.source} value={addressOf(dataset.source)} />
          </dd>
        </div>
      </dl>
      <Link
        to="/experiments/$experimentId/runs"
        params={{ experimentId }}
        search={{ filter: `dataset.digest = ${quoted(dataset.digest)}` } as never}
      >
        {words.others}
      </Link>
      <h3>{words.schema}</h3>
      {columns ? <SchemaTable columns={columns} /> : <RawText value={dataset.schema} />}
      {dataset.profile !== '' && (
        <>
          <h3>{words.profile}</h3>
          <RawText value={laidOutJson(dataset.profile)} />
        </>
      )}
    </Dialog>
  );
}

/** Wider tables than anybody reads are cut; the whole is in the raw text. */
const shownColumns = 500;

function SchemaTable({ columns }: { columns: readonly SchemaColumn[] }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{words.column}</th>
          <th scope="col">{words.type}</th>
        </tr>
      </thead>
      <tbody>
        {columns.slice(0, shownColumns).map(({ name, type, required }, i) => (
          // Nothing says that names differ.
          <tr key={`${i} ${name}`}>
            <td>{name}</td>
            <td>
              <code>{type}</code> {!required && <span className="dim">{words.optional}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shownText = 20_000;

function RawText({ value }: { value: string }) {
  if (value === '') return <p className="dim">{words.noSchema}</p>;
  if (value.length > shownText) return <LongValue name={words.profile} value={value} />;
  return (
    <pre className="raw-text" tabIndex={0} role="region" aria-label={words.profile}>
      {value}
    </pre>
  );
}
