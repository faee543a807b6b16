import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { count } from '../../../components/format.ts';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { useUrlSet } from '../../../components/use-url-set.ts';
import { text } from '../../../text/charts-page.ts';
import { cardTitle } from '../card-title.ts';
import { ChartSheet } from '../chart-sheet.tsx';
import { sectionWith } from '../layout/moves.ts';
import type { PlacedCard, SectionOfCards } from '../layout/card-sections.ts';
import { SectionTitle } from '../section-title.tsx';
import { gap, placeIn, sheetRows, type ChartsRow } from '../sheet-rows.ts';
import { CardFrame } from './card-frame.tsx';
import { MoveHandle, ResizeHandle } from './card-handles.tsx';
import type { CardPage } from './card-page.ts';

interface CardsSheetProps {
  readonly sections: readonly SectionOfCards[];
  readonly nameOf: (section: string) => string;
  readonly page: CardPage;
  /** One card alone: it stays where it is. */
  readonly alone: boolean;
  /** The cards that are near the view: their values are asked for. */
  readonly onShown: (cards: readonly PlacedCard[]) => void;
  readonly onSection: (section: string, change: 'rename' | 'up' | 'down') => void;
}

const mostSpan = 4;

/** The cards in their sections, of which those near the view are there and drawn. */
export function CardsSheet({ sections, nameOf, page, alone, onShown, onSection }: CardsSheetProps) {
  const [folded, toggle] = useUrlSet('fold');
  const [said, setSaid] = useState('');
  const moved = useRef<string>(undefined);
  const { columns } = page.settings;
  const layout = useCallback(
    (width: number, height: number) => sheetRows(sections, { folded, columns, width, height }),
    [sections, folded, columns],
  );
  // A card that went to another place takes the focus along.
  useLayoutEffect(() => {
    const id = moved.current;
    if (id === undefined) return;
    moved.current = undefined;
    document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] .card-handle`)?.focus();
    const section = sectionWith(sections, id);
    const card = section?.charts.find(({ key }) => key === id);
    if (!section || !card) return;
    setSaid(text.moved(cardTitle(card.spec), count(section.charts.indexOf(card) + 1), count(section.charts.length)));
  }, [sections]);
  return (
    <>
      <ChartSheet layout={layout} id="charts" className="cards-scroller">
        {(rows, width) => (
          <>
            <Shown cards={cardsOf(rows)} onShown={onShown} />
            {rows.map((row) => {
              if (row.kind === 'section') {
                const name = nameOf(row.id);
                return (
                  <SectionTitle key={`section ${row.id}`} row={row} name={name} onToggle={toggle}>
                    <Menu icon="more" label={text.sectionMenu(name)}>
                      {(['rename', 'up', 'down'] as const).map((change) => (
                        <MenuItem
                          key={change}
                          icon={sectionIcons[change]}
                          onSelect={() => {
                            onSection(row.id, change);
                          }}
                        >
                          {sectionActions[change]}
                        </MenuItem>
                      ))}
                    </Menu>
                  </SectionTitle>
                );
              }
              return row.charts.map((placed) => {
                const place = placeIn(width, row.columns, placed);
                const { chart: card } = placed;
                return (
                  <div key={card.key} className="chart-place" style={{ top: row.top, height: row.height, ...place }}>
                    <CardFrame
                      spec={card.spec}
                      page={page}
                      width={place.width}
                      fixed={alone}
                      alone={alone}
                      full={false}
                      handle={
                        alone ? undefined : (
                          <MoveHandle
                            spec={card.spec}
                            onMove={(by) => {
                              moved.current = card.key;
                              page.onMove(card.spec, by);
                            }}
                            onMoveBeside={(target, after) => {
                              moved.current = card.key;
                              page.onMoveBeside(card.key, target, after);
                            }}
                          />
                        )
                      }
                    />
                    {!alone && (
                      <ResizeHandle
                        spec={card.spec}
                        size={{ span: card.span ?? 1, height: card.height }}
                        height={row.height}
                        columnWidth={columnWidth(width, row)}
                        most={mostSpan}
                        onResize={(size) => {
                          page.onResize(card.spec, size);
                        }}
                      />
                    )}
                  </div>
                );
              });
            })}
          </>
        )}
      </ChartSheet>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}

const sectionIcons = { rename: 'pencil', up: 'up', down: 'down' } as const;
const sectionActions = { rename: text.renameSection, up: text.sectionUp, down: text.sectionDown };

type Rows = ReturnType<typeof sheetRows<PlacedCard>>['rows'];

function cardsOf(rows: Rows): PlacedCard[] {
  return rows.flatMap((row) => (row.kind === 'charts' ? row.charts.map(({ chart }) => chart) : []));
}

function columnWidth(width: number, { columns }: ChartsRow<PlacedCard>): number {
  return placeIn(width, columns, { column: 0, span: 1 }).width + gap;
}

/** Tells the page which cards are there. */
function Shown({ cards, onShown }: { cards: readonly PlacedCard[]; onShown: CardsSheetProps['onShown'] }) {
  useLayoutEffect(() => {
    onShown(cards);
  });
  return null;
}
