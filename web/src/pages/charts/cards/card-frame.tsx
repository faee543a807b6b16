import { Suspense, useRef, useState, type ReactNode } from 'react';
import { useUrlState } from '../../../components/url-state.ts';
import { Loading } from '../../../components/page.tsx';
import { text } from '../../../text/charts-page.ts';
import { text as comparing } from '../../../text/compare.ts';
import { text as words } from '../../../text/run.ts';
import type { CardHandle } from '../card-kind.ts';
import type { CardSpec } from '../card-spec.ts';
import { cardTitle } from '../card-title.ts';
import { csvAction, linkAction, pictureActions, type ChartAction } from '../chart-actions.ts';
import { ChartMenu } from '../chart-menu.tsx';
import { LineRangeDialog } from '../lines/line-range-dialog.tsx';
import { CardBody } from './card-body.tsx';
import { CardBoundary } from './card-boundary.tsx';
import type { CardPage } from './card-page.ts';

interface CardFrameProps {
  readonly spec: CardSpec;
  readonly page: CardPage;
  /** Pixels of the whole card. */
  readonly width: number;
  /** It is shown alone, or over the whole window: it cannot be moved there. */
  readonly fixed: boolean;
  readonly alone: boolean;
  readonly full: boolean;
  /** Before the name: what moves it. */
  readonly handle?: ReactNode;
  /** In place of the name, where that stands elsewhere. */
  readonly tools?: ReactNode;
}

/** The card's borders and both paddings. */
const aside = 16;

/** Name and menu of a card around what its kind draws. */
export function CardFrame({ spec, page, width, fixed, alone, full, handle, tools }: CardFrameProps) {
  const chart = useRef<CardHandle>(null);
  const [ranging, setRanging] = useState(false);
  const title = cardTitle(spec);
  const kind = text.kinds[spec.kind];
  const label = text.cardLabel(title, kind);
  const asTable = page.tables.has(spec.id);
  return (
    <figure className="chart-card" aria-label={label} data-card={spec.id} data-kind={spec.kind}>
      <figcaption>
        {handle}
        {tools ?? (
          <span className="ellipsis" title={title}>
            {title}
          </span>
        )}
        {title !== kind && spec.kind !== 'line' && <span className="dim card-kind">{kind}</span>}
        <span className="spacer" />
        <CardMenu
          spec={spec}
          page={page}
          chart={chart}
          fixed={fixed}
          alone={alone}
          full={full}
          onRanges={() => {
            setRanging(true);
          }}
        />
      </figcaption>
      <div className="chart-body">
        <CardBoundary of={spec}>
          <Suspense fallback={<Loading />}>
            <CardBody
              ref={chart}
              spec={spec}
              runs={page.runsFor(spec.id)}
              named={page.named}
              values={page.values}
              groups={page.groups}
              settings={page.settings}
              label={label}
              width={width - aside}
              asTable={asTable}
              onChange={page.onChange}
              onSelect={page.onSelect}
              onEye={page.onEye}
              onSingle={page.onSingle}
              onAllBack={page.onAllBack}
              onOpen={page.onOpen}
            />
          </Suspense>
        </CardBoundary>
      </div>
      {ranging && (
        <LineRangeDialog
          spec={spec}
          settings={page.settings}
          name={title}
          onChange={page.onChange}
          onClose={() => {
            setRanging(false);
          }}
        />
      )}
    </figure>
  );
}

interface CardMenuProps extends Pick<CardFrameProps, 'spec' | 'page' | 'fixed' | 'alone' | 'full'> {
  readonly chart: { readonly current: CardHandle | null };
  readonly onRanges: () => void;
}

function CardMenu({ spec, page, chart, fixed, alone, full, onRanges }: CardMenuProps) {
  const [, setUrl] = useUrlState();
  const title = cardTitle(spec);
  const asTable = page.tables.has(spec.id);
  const withPoints = spec.kind !== 'note' && spec.kind !== 'images';
  const edits: readonly (ChartAction | false)[] = [
    !full && { icon: 'pencil', name: text.edit, run: () => { page.onEdit(spec); } },
    !fixed && { icon: 'left', name: text.earlier, run: () => { page.onMove(spec, -1); } },
    !fixed && { icon: 'right', name: text.later, run: () => { page.onMove(spec, 1); } },
    !fixed && { icon: 'folder', name: text.toSection, run: () => { page.onToSection(spec); } },
    !fixed && { icon: 'trash', name: text.remove, danger: true, run: () => { page.onRemove(spec); } },
  ]; // prettier-ignore
  return (
    <ChartMenu
      name={title}
      actions={[
        withPoints && {
          icon: asTable ? 'chart' : 'rows',
          name: asTable ? words.charts.asChart : words.charts.asTable,
          run: () => {
            page.onTable(spec.id);
          },
        },
        !full && {
          icon: 'expand',
          name: words.charts.full,
          run: () => {
            setUrl({ full: spec.id });
          },
        },
        !alone && {
          icon: 'external',
          name: text.alone,
          run: () => {
            setUrl({ card: spec.id, full: undefined });
          },
        },
        spec.kind === 'line' && !asTable && { icon: 'chart', name: words.charts.ranges, run: onRanges },
        ...edits,
        page.onCompare && {
          icon: 'columns',
          name: comparing.compareThese,
          run: () => page.onCompare?.(page.runsFor(spec.id).map(({ id }) => id)),
        },
        linkAction({ card: spec.id, full: undefined }),
        withPoints && csvAction(title, (say) => chart.current?.rows?.(say) ?? []),
        ...(asTable || !withPoints || spec.kind === 'difference'
          ? []
          : pictureActions(title, title, () => chart.current?.picture())),
      ]}
    />
  );
}
