import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { jobLog, readEarlier, wholeLog } from '../../api/job-log.ts';
import { hasEnded, type Job } from '../../api/jobs.ts';
import { Button, ToggleButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { bytes } from '../../components/format.ts';
import { Failed, Loading, State } from '../../components/page.tsx';
import { saveFile } from '../../components/save-file.ts';
import { showFailure } from '../../components/toast.tsx';
import { text } from '../../text/jobs.ts';
import { terminalText } from '../../components/content/terminal-text.ts';
import { TextView } from '../../components/content/text-view.tsx';

/** What the job and its project print, followed as it grows. */
export function LogView({ job }: { job: Job }) {
  const { id, title } = job;
  const [follow, setFollow] = useState(true);
  const { data: log, error, refetch } = useQuery(jobLog(id));
  const shown = useMemo(() => terminalText(log?.text ?? ''), [log]);
  if (!log) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  if (log.text === '') {
    const { waiting, empty, never } = text.log;
    return <State title={hasEnded(job) ? never : job.state === 'queued' ? waiting : empty} />;
  }
  return (
    <TextView
      text={shown}
      name={text.log.title(title)}
      follow={follow}
      language="plain"
      extra={
        <>
          {!hasEnded(job) && (
            <>
              <ToggleButton pressed={follow} onPressed={setFollow}>
                {text.log.follow}
              </ToggleButton>
              <span className="live-mark">{text.log.live}</span>
            </>
          )}
          {log.from > 0 && (
            <>
              <span className="dim">{text.log.cut(bytes(log.to - log.from), bytes(log.size))}</span>
              <Button onClick={() => void readEarlier(id).catch(showFailure)}>{text.log.earlier}</Button>
            </>
          )}
          <span className="spacer" />
          <CopyButton value={shown} label={text.log.copy} />
          <Download id={id} />
        </>
      }
    />
  );
}

/** The whole log as it is, colours and all. */
function Download({ id }: { id: string }) {
  const [share, setShare] = useState<number>();
  const download = async (): Promise<void> => {
    setShare(0);
    try {
      saveFile(await wholeLog(id, setShare), `${id}.log`);
    } catch (error) {
      showFailure(error);
    }
    setShare(undefined);
  };
  return (
    <Button icon="download" disabled={share !== undefined} onClick={() => void download()}>
      {share === undefined ? text.log.download : text.log.downloading(String(Math.floor(share * 100)))}
    </Button>
  );
}
