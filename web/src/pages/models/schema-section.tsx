import { text } from '../../text/models.ts';
import { schemaParts, type SchemaField } from './signature.ts';
import type { ReadSignature } from './use-signature.ts';

export function SchemaSection({ signature }: { signature: ReadSignature }) {
  return (
    <section className="page-section" aria-label={text.schema}>
      <h2>{text.schema}</h2>
      {signature === 'none' && <p className="dim">{text.noSchema}</p>}
      {signature === 'unreadable' && <p className="page-warn">{text.schemaUnreadable}</p>}
      {signature === 'broken' && <p className="page-warn">{text.schemaBroken}</p>}
      {typeof signature === 'object' &&
        schemaParts
          .filter((part) => signature[part].length > 0)
          .map((part) => (
            <Fields key={part} title={text.schemaParts[part]} fields={signature[part]} params={part === 'params'} />
          ))}
    </section>
  );
}

const mostShown = 500;

function Fields({ title, fields, params }: { title: string; fields: readonly SchemaField[]; params: boolean }) {
  return (
    <div className="page-scroll" role="region" aria-label={title} tabIndex={0}>
      <table className="page-table">
        <caption>
          {title} <span className="dim">({fields.length})</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{text.field}</th>
            <th scope="col">{text.type}</th>
            <th scope="col">{params ? text.defaultValue : text.required}</th>
          </tr>
        </thead>
        <tbody>
          {fields.slice(0, mostShown).map((field, i) => (
            // A schema may name a field twice.
            <tr key={`${i} ${field.name}`}>
              <th scope="row">{field.name ?? <span className="dim">{text.unnamed(i + 1)}</span>}</th>
              <td className="mono">{field.type}</td>
              <td>{params ? <code>{field.defaultValue}</code> : field.required ? text.yes : text.no}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {fields.length > mostShown && <p className="dim">… {fields.length - mostShown}</p>}
    </div>
  );
}
