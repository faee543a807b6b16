import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, type CSSProperties, type ReactNode } from 'react';
import { wholeVersions, type WholeVersion } from '../../api/models.ts';
import { Markdown } from '../../components/content/markdown.tsx';
import { FindField } from '../../components/find-field.tsx';
import { Loading, PageTitle, State } from '../../components/page.tsx';
import { exactTime } from '../../components/format.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/models.ts';
import { metricRows, paramRows, signatureRows, tagRows } from './compare-rows.ts';
import { CompareTable } from './compare-table.tsx';
import { ModelFailed } from './model-page.tsx';
import { RunLink } from './run-link.tsx';
import { useSignatures } from './use-signature.ts';

export function CompareVersionsPage() {
  const { name = '' } = useParams({ strict: false });
  const [url, setUrl] = useUrlState();
  const wanted = [...new Set((url['versions'] ?? '').split(',').filter((version) => /^\d+$/.test(version)))];
  const { data, error, refetch } = useQuery({ ...wholeVersions(name, wanted), enabled: wanted.length > 0 });
  const onlyDifferences = url['differences'] !== 'off';
  const gone = data ? wanted.filter((version) => !data.some((found) => found.version === version)) : [];
  const alone = gone.length > 0 && gone.length >= wanted.length - 1;
  return (
    <>
      <div className="page-head">
        <nav aria-label={text.models} className="page-crumbs ellipsis">
          <Link to="/models">{text.models}</Link> /{' '}
          <Link to="/models/$name" params={{ name }}>
            {name}
          </Link>{' '}
          /
        </nav>
        <PageTitle title={text.comparePage.title(name)}>{text.comparePage.short}</PageTitle>
        <span className="spacer" />
        <FindField
          className="models-filter"
          ofPage
          label={text.comparePage.filter}
          value={url['q'] ?? ''}
          onType={(typed) => {
            setUrl({ q: typed }, { replace: true });
          }}
        />
        <label className="page-line">
          <input
            type="checkbox"
            checked={onlyDifferences}
            onChange={() => {
              setUrl({ differences: onlyDifferences ? 'off' : undefined });
            }}
          />
          {text.comparePage.onlyDifferences}
        </label>
      </div>
      {gone.length > 0 && !alone && <p className="page-warn models-error">{text.comparePage.gone(gone.join(', '))}</p>}
      {wanted.length === 0 ? (
        <State title={text.comparePage.few}>
          <Link to="/models/$name" params={{ name }}>
            {name}
          </Link>
        </State>
      ) : alone ? (
        <State title={text.comparePage.gone(gone.join(', '))}>
          <p className="dim">{text.comparePage.alone}</p>
          <Link to="/models/$name" params={{ name }}>
            {text.comparePage.others(name)}
          </Link>
        </State>
      ) : error ? (
        <ModelFailed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Compared name={name} versions={data} onlyDifferences={onlyDifferences} filter={url['q'] ?? ''} />
      ) : (
        <Loading />
      )}
    </>
  );
}

interface ComparedProps {
  readonly name: string;
  readonly versions: readonly WholeVersion[];
  readonly onlyDifferences: boolean;
  readonly filter: string;
}

function Compared({ name, versions, onlyDifferences, filter }: ComparedProps) {
  const read = useSignatures(
    name,
    versions.map(({ version }) => version),
  );
  const signatures = read.map((signature) => (typeof signature === 'object' ? signature : undefined));
  const { sections } = text.comparePage;
  const rows = useMemo(
    () => ({
      params: paramRows(versions),
      metrics: metricRows(versions),
      tags: tagRows(versions, 'tags'),
      run_tags: tagRows(versions, 'run_tags'),
    }),
    [versions],
  );
  const schema = signatureRows(signatures, { unnamed: text.unnamed, parts: text.schemaParts, optional: text.optional });
  const heads = versions.map(({ version }, i) => ({
    version,
    head: (
      <>
        <Link to="/models/$name/versions/$version" params={{ name, version }}>
          {text.version(version)}
        </Link>
        {i === 0 && <span className="dim"> {text.comparePage.baseline}</span>}
      </>
    ),
  }));
  const shared = { heads, onlyDifferences, filter };
  return (
    <div className="models-compare">
      <section className="page-section" aria-label={sections.facts}>
        <div className="page-scroll" role="region" aria-label={sections.facts} tabIndex={0}>
          <table className="page-table compare" style={{ '--versions': heads.length } as CSSProperties}>
            <thead>
              <tr>
                <th scope="col">{sections.facts}</th>
                {heads.map(({ version, head }) => (
                  <th key={version} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {facts
                .filter(({ wordsOf }) => !onlyDifferences || new Set(versions.map(wordsOf)).size > 1)
                .map(({ title, wordsOf, cell = wordsOf }) => (
                  <tr key={title}>
                    <th scope="row">{title}</th>
                    {versions.map((version) => (
                      <td key={version.version}>{cell(version)}</td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </section>
      <CompareTable title={sections.metrics} rows={rows.metrics} numbers {...shared} />
      <CompareTable title={sections.params} rows={rows.params} {...shared} />
      <CompareTable title={sections.schema} rows={schema} {...shared} />
      <CompareTable title={sections.tags} rows={rows.tags} {...shared} />
      <CompareTable title={sections.run_tags} rows={rows.run_tags} {...shared} />
    </div>
  );
}

interface Fact {
  readonly title: string;
  /** Equal words, equal fact. */
  readonly wordsOf: (version: WholeVersion) => string;
  /** The words by default. */
  readonly cell?: (version: WholeVersion) => ReactNode;
}

const facts: readonly Fact[] = [
  { title: text.facts.aliases, wordsOf: ({ aliases }) => aliases.map((alias) => `@${alias}`).join(' ') },
  { title: text.facts.stage, wordsOf: ({ stage }) => text.stages[stage] ?? stage },
  { title: text.facts.run, wordsOf: ({ run }) => run?.run_id ?? '', cell: ({ run }) => <RunLink run={run} /> },
  {
    title: text.description,
    wordsOf: ({ description }) => description,
    cell: ({ version, description }) =>
      description && (
        <div className="compare-description" role="region" aria-label={text.descriptionOf(version)} tabIndex={0}>
          <Markdown>{description}</Markdown>
        </div>
      ),
  },
  { title: text.facts.created, wordsOf: (version) => exactTime(version.creation_timestamp) },
];
