import type { AutomlConfig, DataProfile, TabularProfile } from '../../api/automl-rules.ts';
import { Fact } from '../../components/fact.tsx';
import { count, shortNumber } from '../../components/format.ts';
import { PathText } from '../../components/path-text.tsx';
import { text } from '../../text/automl.ts';

interface DataFactsProps {
  readonly config: AutomlConfig;
  readonly profile: DataProfile;
}

export function DataFacts({ config, profile }: DataFactsProps) {
  const { rows, sampled_rows: sampled, columns } = profile;
  return (
    <section className="page-section" aria-label={text.data.facts}>
      <h2>{text.data.facts}</h2>
      <dl className="page-facts task-pairs">
        <Fact title={text.data.source}>
          <PathText path={config.dataset} />
        </Fact>
        {config.query !== undefined && (
          <Fact title={text.data.query}>
            <code>{config.query}</code>
          </Fact>
        )}
        <Fact title={text.data.rows}>
          {sampled === undefined || sampled === rows ? count(rows) : text.data.sampled(count(sampled), count(rows))}
        </Fact>
        <Fact title={text.data.columns}>
          {text.data.usedOf(count(columns.filter(({ used }) => used).length), count(columns.length))}
        </Fact>
        {profile.kind === 'tabular' ? <TabularFacts profile={profile} /> : <SeriesFacts profile={profile} />}
        <Fact title={text.data.hash}>
          <code title={profile.data_hash}>{profile.data_hash.slice(0, 12)}</code>
        </Fact>
      </dl>
    </section>
  );
}

const classesShown = 8;

function TabularFacts({ profile: { target, validation, development_rows, test_rows } }: { profile: TabularProfile }) {
  return (
    <>
      {target.kind === 'number' ? (
        <Fact title={text.data.target}>
          {text.data.range(shortNumber(target.min), shortNumber(target.max), shortNumber(target.mean))}
        </Fact>
      ) : (
        <Fact title={text.data.classes}>
          <ul className="automl-classes">
            {target.classes.slice(0, classesShown).map((name, i) => (
              <li key={name}>
                <span>{name}</span> <span className="number dim">{count(target.counts[i] ?? 0)}</span>
                {name === target.positive && <span className="dim"> {text.data.positive}</span>}
              </li>
            ))}
            {target.classes.length > classesShown && (
              <li className="dim">{text.alerts.more(count(target.classes.length - classesShown))}</li>
            )}
          </ul>
        </Fact>
      )}
      <Fact title={text.data.parts}>{text.data.partsOf(count(development_rows), count(test_rows))}</Fact>
      <Fact title={text.data.validation}>{text.data.validations[validation.kind](count(validation.folds))}</Fact>
    </>
  );
}

function SeriesFacts({ profile }: { profile: Extract<DataProfile, { kind: 'forecast' }> }) {
  const { series, shortest, longest, start, end, seasons, backtest } = profile;
  const found = seasons.filter((season) => season > 1);
  return (
    <>
      <Fact title={text.data.series}>
        {count(series)}, {text.data.lengths(count(shortest), count(longest))}
      </Fact>
      <Fact title={text.data.span}>
        {start} – {end}
      </Fact>
      <Fact title={text.data.seasons}>
        {found.length === 0 ? text.data.noSeasons : text.data.seasonsOf(found.map((one) => count(one)).join(', '))}
      </Fact>
      <Fact title={text.data.backtest}>{text.data.backtestOf(count(backtest.windows), count(backtest.step))}</Fact>
    </>
  );
}
