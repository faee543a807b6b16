import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { beginSearch, dataAt } from '../../../api/automl-changes.ts';
import { checkedRequest, type Problems } from '../../../api/automl-request.ts';
import { Button } from '../../../components/button.tsx';
import { showToast } from '../../../components/toast.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/automl-form.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { CommandFor } from '../command-for.tsx';
import { DataFields } from './data-fields.tsx';
import { DataRead } from './data-read.tsx';
import { problemOf, type SearchDraft } from './draft.ts';
import { requestOf } from './search-request.ts';
import { ForecastFields } from './forecast-fields.tsx';
import { GoalFields } from './goal-fields.tsx';
import { useKeptInUrl } from './use-kept-in-url.ts';

const noProblems: Problems = {};

export function SearchForm({ first, enabled }: { first: SearchDraft; enabled: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const [draft, setDraft] = useState(first);
  const [asked, setAsked] = useState({ dataset: first.dataset.trim(), query: first.query.trim() });
  /** How often it was submitted: from the first time on, what is missing is told too. */
  const [attempts, setAttempts] = useState(0);
  const [refused, setRefused] = useState<string>();
  const [saving, setSaving] = useState(false);
  useKeptInUrl(draft, saving);

  const reading = useQuery({ ...dataAt(asked.dataset, asked.query), enabled: enabled && asked.dataset !== '' });
  const moved = draft.dataset.trim() !== asked.dataset || draft.query.trim() !== asked.query;
  const data = moved || reading.error ? undefined : reading.data;
  const target = data?.columns.find(({ name }) => name === draft.target_col);
  const problem = problemOf(draft, target);
  const request = requestOf(draft, data?.columns);
  const checked = checkedRequest(request);
  const problems = checked.problems ?? noProblems;
  const shown = attempts > 0 ? inWords(problems, draft) : noProblems;

  const change = (next: Partial<SearchDraft>): void => {
    setDraft((before) => ({ ...before, ...next }));
    setRefused(undefined);
  };
  const read = (dataset = draft.dataset.trim()): void => {
    if (dataset === '') {
      setAttempts(attempts + 1);
      return;
    }
    setAttempts(0);
    const next = { dataset, query: draft.query.trim() };
    if (next.dataset === asked.dataset && next.query === asked.query) void reading.refetch();
    else setAsked(next);
  };
  const submit = async (): Promise<void> => {
    if (!data) {
      read();
      return;
    }
    setAttempts(attempts + 1);
    if (checked.problems !== undefined) return;
    setSaving(true);
    setRefused(undefined);
    try {
      const job = await beginSearch(request);
      showToast({ message: text.submitted });
      await navigate({ to: '/automl/starting/$jobId', params: { jobId: job.id } });
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error));
      setSaving(false);
    }
  };
  // What is wrong gets the focus, once it is marked.
  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [attempts]);

  return (
    <form
      ref={form}
      className="project-form automl-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving && !reading.isFetching) void submit();
      }}
    >
      <DataFields
        draft={draft}
        onChange={change}
        onRead={read}
        problems={shown}
        unreadable={moved ? undefined : reading.error?.message}
        reading={reading.isFetching}
        moved={moved && reading.data !== undefined}
        isRead={data !== undefined}
        enabled={enabled}
      />
      {data && (
        <>
          <DataRead data={data} draft={draft} onChange={change} forecasting={problem === 'forecasting'} />
          <GoalFields draft={draft} data={data} problem={problem} onChange={change} problems={shown} />
          {problem === 'forecasting' && <ForecastFields draft={draft} data={data} onChange={change} problems={shown} />}
          <AdvancedFields draft={draft} data={data} problem={problem} onChange={change} problems={shown} />
          <CommandFor config={checked.config} />
          {refused !== undefined && (
            <p className="field-error automl-refused" role="alert">
              {refused}
            </p>
          )}
          <div className="actions">
            <Button onClick={() => void navigate({ to: '/automl' })}>{common.cancel}</Button>
            <Button kind="primary" icon="play" type="submit" disabled={saving || !enabled}>
              {text.submit}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

/** The rules speak of options by their names; an empty field is told in the words of the form. */
function inWords(problems: Problems, draft: SearchDraft): Problems {
  return Object.fromEntries(
    Object.entries(problems).map(([name, message]) => {
      const isEmpty = draft[name as keyof SearchDraft] === '';
      return [name, (isEmpty ? text.missing[name] : undefined) ?? message];
    }),
  );
}
