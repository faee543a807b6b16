import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { runColumns } from '../../../api/run-columns.ts';
import type { ColumnQuestion } from '../../../api/run-list.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Loading } from '../../../components/page.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/charts-page.ts';
import type { KnownColumns } from '../card-kind.ts';
import { cardKindEntries, entryOf } from '../card-kinds.ts';
import type { CardKind, CardSpec } from '../card-spec.ts';
import { cardTitle } from '../card-title.ts';
import { useRunValues } from '../use-run-values.ts';
import { CardBody } from './card-body.tsx';
import { CardBoundary } from './card-boundary.tsx';
import type { CardPage } from './card-page.ts';

interface CardDialogProps {
  /** The card to change; undefined: a new one. */
  readonly card: CardSpec | undefined;
  readonly id: string;
  readonly question: ColumnQuestion;
  /** Metrics that are lines: offered first, for they show most. */
  readonly lines?: readonly string[];
  readonly page: CardPage;
  readonly onDone: (spec: CardSpec) => void;
  readonly onClose: () => void;
}

const none: readonly string[] = [];
const noKeys: KnownColumns = { metrics: [], params: [] };

/** What a card shows, with a picture of it beside the fields. */
export function CardDialog({ card, id, question, lines = none, page, onDone, onClose }: CardDialogProps) {
  const { data } = useQuery(runColumns(question.experiment_ids, question.view_type));
  const known = useMemo(() => (data ? keysOf(data, lines) : undefined), [data, lines]);
  const [specs, setSpecs] = useState<Readonly<Partial<Record<CardKind, CardSpec>>>>(card ? { [card.kind]: card } : {});
  const [kind, setKind] = useState<CardKind>(card?.kind ?? cardKindEntries[0]?.kind ?? 'line');
  const entry = entryOf(kind);
  const spec = specs[kind] ?? (known && entry?.begin(known, card?.id ?? id));
  const change = (next: CardSpec): void => {
    setSpecs({ ...specs, [kind]: next });
  };
  return (
    <Dialog title={card ? text.editTitle(cardTitle(card)) : text.addTitle} onClose={onClose}>
      <form
        className="card-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (spec) onDone(spec);
        }}
      >
        <fieldset className="card-kinds">
          <legend>{text.kind}</legend>
          {cardKindEntries.map((one) => (
            <label key={one.kind} className="check" title={text.kindHints[one.kind]}>
              <input
                type="radio"
                name="kind"
                checked={one.kind === kind}
                onChange={() => {
                  setKind(one.kind);
                }}
              />
              {text.kinds[one.kind]}
            </label>
          ))}
        </fieldset>
        <div className="card-fields">
          <p className="dim">{text.kindHints[kind]}</p>
          {known === undefined && <Loading />}
          {known && !spec && <p role="status">{text.nothingFor(text.kinds[kind])}</p>}
          {spec && entry && (
            <>
              <entry.Editor key={kind} spec={spec} known={known ?? noKeys} onChange={change} />
              <label className="field">
                {text.cardName}
                <input
                  maxLength={120}
                  placeholder={cardTitle({ ...spec, options: { ...spec.options, title: undefined } })}
                  value={typeof spec.options['title'] === 'string' ? spec.options['title'] : ''}
                  onChange={(event) => {
                    const title = event.target.value === '' ? undefined : event.target.value;
                    change({ ...spec, options: { ...spec.options, title } });
                  }}
                />
              </label>
            </>
          )}
        </div>
        {spec && <Preview spec={spec} question={question} page={page} onChange={change} />}
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary" disabled={!spec}>
            {card ? text.editIt : text.addIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const previewWidth = 460;

interface PreviewProps extends Pick<CardDialogProps, 'question' | 'page'> {
  readonly spec: CardSpec;
  readonly onChange: (spec: CardSpec) => void;
}

function Preview({ spec, question, page, onChange }: PreviewProps) {
  const columns = useMemo(() => entryOf(spec.kind)?.needs(spec) ?? [], [spec]);
  const values = useRunValues(question, columns);
  const nothing = (): void => undefined;
  return (
    <section className="card-preview" aria-label={text.preview}>
      <CardBoundary of={spec}>
        <CardBody
          ref={null}
          spec={spec}
          runs={page.runsFor('')}
          named={page.named}
          values={values}
          groups={page.groups}
          settings={page.settings}
          label={text.preview}
          width={previewWidth}
          asTable={false}
          onChange={(next) => {
            onChange(next);
            return true;
          }}
          onSelect={nothing}
          onEye={nothing}
          onSingle={nothing}
          onAllBack={nothing}
          onOpen={nothing}
        />
      </CardBoundary>
    </section>
  );
}

type Keys = readonly { readonly key?: string | undefined }[] | undefined;

interface Known {
  readonly metrics?: Keys;
  readonly params?: Keys;
}

function keysOf({ metrics, params }: Known, lines: readonly string[]): KnownColumns {
  const names = (keys: Keys): string[] => (keys ?? []).map(({ key = '' }) => key);
  const first = new Set(lines);
  // Of what the machine measures of itself people make few cards.
  const rank = (key: string): number => (key.startsWith('system/') ? 2 : first.has(key) ? 0 : 1);
  return { metrics: names(metrics).toSorted((a, b) => rank(a) - rank(b)), params: names(params) };
}
