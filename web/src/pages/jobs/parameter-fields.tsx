import type { EntryPoint } from '../../api/projects.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { text } from '../../text/jobs.ts';
import {
  isSecret,
  others,
  valueOf,
  valueProblem,
  withValue,
  type ProjectDraft,
  type TypedParameter,
} from './project-draft.ts';
import { TextField } from './text-field.tsx';

interface ParameterFieldsProps {
  readonly entry: EntryPoint;
  readonly draft: ProjectDraft;
  readonly onChange: (draft: ProjectDraft) => void;
  /** An attempt to submit: from then on what is missing is told too. */
  readonly tried: boolean;
  /** What the server said of a field: `p.` and the parameter's name. */
  readonly refused: { readonly field: string; readonly message: string } | undefined;
}

/** A field for each parameter that the entry point declares, and rows for others. */
export function ParameterFields({ entry, draft, onChange, tried, refused }: ParameterFieldsProps) {
  const more = others(draft, entry);
  const setMore = (change: (rows: TypedParameter[]) => TypedParameter[]): void => {
    const declared = draft.parameters.filter((one) => !more.includes(one));
    onChange({ ...draft, parameters: [...declared, ...change([...more])] });
  };
  const refusalOf = (name: string): string | undefined =>
    refused?.field === `p.${name}` ? refused.message : undefined;
  return (
    <fieldset>
      <legend>{text.form.parameters}</legend>
      {entry.parameters.length === 0 && <p className="dim">{text.form.noParameters}</p>}
      <div className="project-two">
        {entry.parameters.map((parameter) => {
          const { name, type, default: usual } = parameter;
          const typed = valueOf(draft, name);
          const problem = typed !== undefined || tried ? valueProblem(parameter, typed) : undefined;
          const secret = isSecret(name);
          const kind = text.form.types[type] ?? type;
          const changed = typed !== undefined && usual !== undefined && typed !== usual;
          return (
            <TextField
              key={name}
              label={
                <>
                  <code>{name}</code>{' '}
                  <span className="dim">{usual === undefined ? `${kind}, ${text.form.required}` : kind}</span>
                </>
              }
              hint={changed ? text.form.defaultIs(usual) : secret ? text.form.secret : text.form.hints[type]}
              problem={problem ?? refusalOf(name)}
              type={secret ? 'password' : 'text'}
              inputMode={type === 'float' ? 'decimal' : type === 'uri' ? 'url' : 'text'}
              aria-required={usual === undefined}
              value={typed ?? usual ?? ''}
              onType={(value) => {
                onChange(withValue(draft, name, value));
              }}
            />
          );
        })}
      </div>
      {more.map(({ name, value }, i) => {
        const change = (row: TypedParameter): void => {
          setMore((rows) => rows.map((one, at) => (at === i ? row : one)));
        };
        const twice = name !== '' && more.some((one, at) => one.name === name && at !== i);
        return (
          <div key={i} className="project-more">
            <TextField
              label={<span className="visually-hidden">{text.form.moreName}</span>}
              placeholder={text.form.moreName}
              problem={twice ? text.form.taken : tried && name === '' ? text.form.missing : undefined}
              value={name}
              onType={(next) => {
                change({ name: next, value });
              }}
            />
            <TextField
              label={<span className="visually-hidden">{text.form.moreValue(name)}</span>}
              hint={isSecret(name) ? text.form.secret : undefined}
              type={isSecret(name) ? 'password' : 'text'}
              problem={refusalOf(name)}
              value={value}
              onType={(next) => {
                change({ name, value: next });
              }}
            />
            <IconButton
              icon="close"
              label={text.form.removeMore(name)}
              onClick={() => {
                setMore((rows) => rows.filter((_, at) => at !== i));
              }}
            />
          </div>
        );
      })}
      <div className="project-label">
        <Button
          icon="plus"
          onClick={() => {
            setMore((rows) => [...rows, { name: '', value: '' }]);
          }}
        >
          {text.form.more}
        </Button>
        <span className="dim">{text.form.moreHint}</span>
      </div>
    </fieldset>
  );
}
