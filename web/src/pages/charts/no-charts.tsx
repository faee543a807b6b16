import { Button } from '../../components/button.tsx';
import { State } from '../../components/page.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/charts-page.ts';
import { text as words } from '../../text/run.ts';
import { NoRuns } from '../runs/no-runs.tsx';
import type { RunQuery } from '../runs/run-query.ts';
import { urlOfRule } from './eyes.ts';

interface NoChartsProps {
  readonly query: RunQuery;
  /** Runs of the list, and those with an open eye. */
  readonly rows: number;
  readonly shown: number;
  readonly cards: number;
  /** The card that the address asks for alone. */
  readonly only: string | undefined;
  readonly words: string;
  readonly onAdd: () => void;
  readonly onFilter: (filter: string) => void;
  readonly onChange: (change: UrlValues) => void;
}

/** Why there is no chart, and one next step. */
export function NoCharts({ query, rows, shown, cards, only, words: asked, onAdd, onFilter, onChange }: NoChartsProps) {
  if (rows === 0) {
    return (
      <NoRuns
        query={query}
        onClear={() => {
          onFilter('');
        }}
      />
    );
  }
  if (shown === 0) {
    return (
      <State title={text.noneOpen}>
        <Button
          onClick={() => {
            onChange(urlOfRule('all'));
          }}
        >
          {text.showAllRuns}
        </Button>
      </State>
    );
  }
  if (cards === 0) {
    return (
      <State title={text.noCards}>
        <p>{text.noCardsHint}</p>
        <Button icon="plus" onClick={onAdd}>
          {text.add}
        </Button>
      </State>
    );
  }
  return (
    <State title={only === undefined ? text.noChart(asked) : text.gone}>
      <Button
        onClick={() => {
          onChange({ q: undefined, card: undefined });
        }}
      >
        {words.charts.showAll}
      </Button>
    </State>
  );
}
