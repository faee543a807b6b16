import { useState } from 'react';
import { ShowMore } from '../../components/show-more.tsx';
import { text } from '../../text/models.ts';

interface PairsSectionProps {
  readonly title: string;
  readonly pairs: readonly { readonly key: string; readonly value: string; readonly full?: string }[];
  readonly numbers?: boolean;
}

const firstShown = 25;
const moreShown = 500;
const longestShown = 300;

/** Keys and values, the first of many; a long value is cut, the whole of it is on the run's page. */
export function PairsSection({ title, pairs, numbers = false }: PairsSectionProps) {
  const [shown, setShown] = useState(firstShown);
  return (
    <section className="page-section" aria-label={title}>
      <h2>{title}</h2>
      {pairs.length === 0 && <p className="dim">{text.nothing}</p>}
      <dl className="page-pairs">
        {pairs.slice(0, shown).map(({ key, value, full }) => (
          <div key={key}>
            <dt className="ellipsis" title={key}>
              {key}
            </dt>
            <dd className={numbers ? 'number' : 'mono'} title={full}>
              {value.length > longestShown ? `${value.slice(0, longestShown)}…` : value}
            </dd>
          </div>
        ))}
      </dl>
      <ShowMore shown={shown} total={pairs.length} step={moreShown} onShow={setShown} />
    </section>
  );
}
