import { useId, useState } from 'react';
import type { AliasOfVersion } from '../../api/models.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text } from '../../text/models.ts';
import { moveAlias, removeAlias } from './actions.ts';
import { firstFocus } from '../../components/first-focus.ts';
import { aliasProblem } from './model-name.ts';

interface AliasDialogProps {
  readonly name: string;
  readonly version: string;
  /** All aliases of the model: a new one may be another version's. */
  readonly aliases: readonly AliasOfVersion[];
  readonly onClose: () => void;
}

/** The aliases of one version; what an alias moves from is said before it moves. */
export function AliasDialog({ name, version, aliases, onClose }: AliasDialogProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const here = aliases.filter((alias) => alias.version === version);
  const others = aliases.filter((alias) => alias.version !== version);
  const from = aliases.find(({ alias }) => alias === typed)?.version;
  const problem = typed === '' ? undefined : aliasProblem(typed);
  const note = from === version ? text.aliasHere : from && text.aliasMoves(typed, from, version);
  const add = async (): Promise<void> => {
    if (typed === '' || problem !== undefined || from === version) return;
    if (await moveAlias(name, typed, from, version)) setTyped('');
  };
  return (
    <Dialog title={text.aliasesOf(version)} onClose={onClose}>
      {here.length === 0 && <p className="dim">{text.noAliases}</p>}
      <ul className="chips wrap">
        {here.map(({ alias }) => (
          <li key={alias} className="chip alias removable">
            <span className="ellipsis">@{alias}</span>
            <IconButton
              icon="close"
              label={text.removeAlias(alias)}
              onClick={() => void removeAlias(name, alias, version)}
            />
          </li>
        ))}
      </ul>
      <form
        className="page-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <div className="field">
          <label htmlFor={id}>{text.newAlias}</label>
          <div className="page-line">
            <input
              id={id}
              type="text"
              ref={firstFocus}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={problem !== undefined}
              aria-describedby={`${id}-note`}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value.replace(/^@/, ''));
              }}
            />
            <Button kind="primary" type="submit" disabled={typed === '' || problem !== undefined || from === version}>
              {from !== undefined && from !== version ? text.moveAlias : text.addAlias}
            </Button>
          </div>
          <p id={`${id}-note`} role="status" className={problem === undefined ? 'page-note' : 'field-error'}>
            {problem ?? note}
          </p>
        </div>
      </form>
      {others.length > 0 && (
        <section className="models-others" aria-label={text.otherAliases}>
          <h3>{text.otherAliases}</h3>
          <ul className="chips wrap">
            {others.map((alias) => (
              <li key={alias.alias}>
                <button
                  type="button"
                  className="chip alias"
                  title={text.aliasMoves(alias.alias, alias.version, version)}
                  onClick={() => void moveAlias(name, alias.alias, alias.version, version)}
                >
                  <span className="ellipsis">@{alias.alias}</span>
                  <span className="dim">
                    v{alias.version} → v{version}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
