import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { addProjectJob } from '../../api/job-changes.ts';
import { projectAt } from '../../api/projects.ts';
import { Button } from '../../components/button.tsx';
import { showToast } from '../../components/toast.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/jobs.ts';
import { ParameterFields } from './parameter-fields.tsx';
import { fieldOf, fieldOfReading, isReady, urlOfDraft, wishOf, type ProjectDraft } from './project-draft.ts';
import { RecordFields } from './record-fields.tsx';
import { TextField } from './text-field.tsx';

/** The address follows the typing shortly after. */
const pauseMs = 250;

export function ProjectForm({ first }: { first: ProjectDraft }) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const [draft, setDraft] = useState(first);
  const [asked, setAsked] = useState({ uri: first.uri.trim(), version: first.version.trim() });
  /** How often it was submitted: from the first time on, what is missing is told too. */
  const [attempts, setAttempts] = useState(0);
  const tried = attempts > 0;
  const [refused, setRefused] = useState<{ field: string; message: string }>();
  const [saving, setSaving] = useState(false);
  useKeptInUrl(draft, saving);

  const reading = useQuery({ ...projectAt(asked.uri, asked.version), enabled: asked.uri !== '' });
  const { data: project, error: unreadable, isFetching } = reading;
  const moved = draft.uri.trim() !== asked.uri || draft.version.trim() !== asked.version;
  const points = project?.entryPoints ?? [];
  const entry =
    points.find(({ name }) => name === draft.entryPoint) ?? points.find(({ name }) => name === 'main') ?? points[0];
  const usable = project && entry && !moved && !unreadable ? entry : undefined;

  const change = (next: ProjectDraft): void => {
    setDraft(next);
    setRefused(undefined);
  };
  const read = (): void => {
    if (draft.uri.trim() === '') {
      setAttempts(attempts + 1);
      return;
    }
    setAttempts(0);
    if (moved) setAsked({ uri: draft.uri.trim(), version: draft.version.trim() });
    else void reading.refetch();
  };
  const submit = async (): Promise<void> => {
    if (!usable) {
      read();
      return;
    }
    setAttempts(attempts + 1);
    if (!isReady(draft, usable)) return;
    setSaving(true);
    setRefused(undefined);
    try {
      const job = await addProjectJob(wishOf(draft, usable));
      showToast({ message: text.form.submitted(job.title) });
      await navigate({ to: '/jobs/$jobId', params: { jobId: job.id } });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      setRefused({ field: fieldOf(message, draft, usable), message });
      setSaving(false);
    }
  };
  // What is wrong gets the focus, once it is marked.
  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [attempts]);
  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [refused]);

  const readingProblem = unreadable && !moved ? unreadable.message : undefined;
  const readingField = fieldOfReading(readingProblem ?? '', asked.version);
  const at = (field: string): string | undefined => (refused?.field === field ? refused.message : undefined);
  const addressProblem =
    (readingField === 'uri' ? readingProblem : undefined) ??
    at('uri') ??
    (tried && draft.uri.trim() === '' ? text.form.addressMissing : undefined);

  return (
    <form
      ref={form}
      className="project-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving && !isFetching) void submit();
      }}
    >
      <TextField
        label={text.form.address}
        hint={text.form.addressHint}
        problem={addressProblem}
        autoFocus={first.uri === ''}
        value={draft.uri}
        onType={(uri) => {
          change({ ...draft, uri });
        }}
      />
      <TextField
        label={text.form.version}
        hint={text.form.versionHint}
        problem={(readingField === 'version' ? readingProblem : undefined) ?? at('version')}
        value={draft.version}
        onType={(version) => {
          change({ ...draft, version });
        }}
        beside={
          <Button
            kind={usable ? 'plain' : 'primary'}
            // Enter in a field does what comes next.
            type={usable ? 'button' : 'submit'}
            disabled={isFetching}
            onClick={usable && read}
          >
            {text.form.read}
          </Button>
        }
      />
      <p role="status" className="dim">
        {isFetching
          ? text.form.reading
          : moved && project
            ? text.form.changed
            : usable && project
              ? [
                  text.form.isRead(project.name || text.form.unnamed, project.environment),
                  ...(project.version === '' ? [] : [text.form.commit(project.version)]),
                ].join(' · ')
              : ''}
      </p>
      {usable && (
        <>
          <div className="field">
            <label htmlFor={`${id}-entry`}>{text.form.entryPoint}</label>
            <select
              id={`${id}-entry`}
              aria-invalid={at('entry') !== undefined}
              aria-describedby={`${id}-entry-note`}
              value={usable.name}
              onChange={(event) => {
                change({ ...draft, entryPoint: event.target.value });
              }}
            >
              {points.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <p id={`${id}-entry-note`} role="status" className="field-error">
              {at('entry')}
            </p>
            {usable.command !== '' && (
              <pre className="project-command" tabIndex={0} role="region" aria-label={text.form.command}>
                {usable.command}
              </pre>
            )}
          </div>
          <ParameterFields entry={usable} draft={draft} onChange={change} tried={tried} refused={refused} />
          <RecordFields draft={draft} onChange={change} refused={at('experiment')} />
          <div className="actions">
            <Button onClick={() => void navigate({ to: '/jobs' })}>{common.cancel}</Button>
            <Button kind="primary" icon="play" type="submit" disabled={saving}>
              {text.form.submit}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function useKeptInUrl(draft: ProjectDraft, left: boolean): void {
  const [url, setUrl] = useUrlState();
  const latest = useRef(url);
  useEffect(() => {
    latest.current = url;
  });
  useEffect(() => {
    if (left) return;
    const timer = setTimeout(() => {
      setUrl(urlOfDraft(draft, latest.current), { replace: true });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, left, setUrl]);
}
