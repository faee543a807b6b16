import type { ColumnQuestion } from '../../../api/run-list.ts';
import { cardTitle } from '../card-title.ts';
import { FullChart } from '../full-chart.tsx';
import type { LayoutState } from '../layout/use-layout.ts';
import type { Cards } from '../use-cards.ts';
import { CardFrame } from './card-frame.tsx';
import type { CardPage } from './card-page.ts';
import { OpenDialog } from './open-dialog.tsx';
import type { EditingState } from './use-editing.ts';

interface CardLayersProps {
  readonly cards: Pick<Cards, 'all' | 'found' | 'opened'>;
  readonly page: CardPage;
  readonly state: EditingState;
  readonly layout: LayoutState;
  readonly question: ColumnQuestion;
  /** Metrics that are lines. */
  readonly lines: readonly string[];
}

/** What lies over the cards: the one that fills the window, and the dialog of a change. */
export function CardLayers({ cards, page, state, layout, question, lines }: CardLayersProps) {
  const { all, found, opened } = cards;
  const { editing, edit, nameOf } = state;
  return (
    <>
      {opened && (
        <FullChart title={cardTitle(opened)} current={opened.id} keys={found.charts.map(({ key }) => key)}>
          {(tools) => (
            <CardFrame
              key={opened.id}
              spec={opened}
              page={page}
              width={innerWidth}
              fixed
              alone={false}
              full
              tools={tools}
            />
          )}
        </FullChart>
      )}
      {editing && (
        <OpenDialog
          editing={editing}
          layout={layout}
          sections={all}
          nameOf={nameOf}
          question={question}
          lines={lines}
          page={page}
          onClose={() => {
            edit(undefined);
          }}
        />
      )}
    </>
  );
}
