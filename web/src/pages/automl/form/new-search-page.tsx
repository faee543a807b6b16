/** Asks for a search: the data, what is predicted, how good is measured and how long it may take. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { searchOf } from '../../../api/automl.ts';
import { jobSettings } from '../../../api/jobs.ts';
import { runQuery } from '../../../api/run.ts';
import { Failed, Loading, PageTitle } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text as form } from '../../../text/automl-form.ts';
import { text } from '../../../text/automl.ts';
import { draftOfConfig, draftOfUrl } from './draft.ts';
import { SearchForm } from './search-form.tsx';

/** The option of `modelyard server` that allows searches. */
const flag = '--project-jobs on';

export function NewSearchPage() {
  const [url] = useUrlState();
  // Its id leaves the address as soon as the form has what it says; the form stays.
  const [again, setAgain] = useState(url['again']);
  if (url['again'] !== undefined && url['again'] !== again) setAgain(url['again']);
  const { data: enabled } = useQuery(jobSettings());
  const [before, after] = form.offHelp('\0').split('\0');
  return (
    <>
      <div className="page-head">
        <nav aria-label={text.automl} className="page-crumbs">
          <Link to="/automl">{text.automl}</Link> /
        </nav>
        <PageTitle>{text.fresh}</PageTitle>
      </div>
      {enabled === false && (
        <p className="banner" role="status">
          {form.off} {before}
          <code>{flag}</code>
          {after}
        </p>
      )}
      {again === undefined ? (
        <SearchForm first={draftOfUrl(url)} enabled={enabled !== false} />
      ) : (
        <Again key={again} runId={again} enabled={enabled !== false} />
      )}
    </>
  );
}

/** The form as a search was asked for. */
function Again({ runId, enabled }: { runId: string; enabled: boolean }) {
  const { data: run, error, refetch } = useQuery(runQuery(runId));
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!run) return <Loading />;
  const config = searchOf(run)?.config;
  return config ? (
    <SearchForm first={draftOfConfig(config)} enabled={enabled} />
  ) : (
    <Failed error={new Error(text.config.unknown)} />
  );
}
