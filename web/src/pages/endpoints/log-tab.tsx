import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { endpointLog, type LogLine } from '../../api/endpoint-log.ts';
import { Button, ToggleButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Failed, Loading, State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/endpoints.ts';
import { terminalText } from '../../components/content/terminal-text.ts';
import { TextView } from '../../components/content/text-view.tsx';
import { logText, sourceName } from './log-text.ts';

const none: readonly LogLine[] = [];

/** What the processes of the models and the server said, followed as it grows. */
export function LogTab({ name }: { name: string }) {
  const id = useId();
  const [url, setUrl] = useUrlState();
  const [follow, setFollow] = useState(true);
  const { data: lines, error, refetch } = useQuery(endpointLog(name));
  const source = url['of'] ?? '';
  const sources = useMemo(() => [...new Set((lines ?? none).map((line) => line.source))].toSorted(), [lines]);
  const shown = useMemo(
    () => terminalText(logText((lines ?? none).filter((line) => source === '' || line.source === source))),
    [lines, source],
  );
  if (!lines) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  if (lines.length === 0) {
    return (
      <State title={text.log.empty}>
        <p>{text.log.emptyHelp}</p>
      </State>
    );
  }
  return (
    <TextView
      text={shown}
      name={text.log.title(name)}
      follow={follow}
      language="plain"
      extra={
        <>
          <ToggleButton pressed={follow} onPressed={setFollow}>
            {text.log.follow}
          </ToggleButton>
          <label htmlFor={id} className="dim">
            {text.log.source}
          </label>
          <select
            id={id}
            value={source}
            onChange={(event) => {
              setUrl({ of: event.target.value }, { replace: true });
            }}
          >
            <option value="">{text.log.allSources}</option>
            {sources.map((one) => (
              <option key={one} value={one}>
                {sourceName(one)}
              </option>
            ))}
          </select>
          <span className="spacer" />
          <CopyButton value={shown} label={text.log.copy} />
          <Button
            icon="download"
            onClick={() => {
              saveFile(new Blob([shown, '\n'], { type: 'text/plain' }), `${name}.log`);
            }}
          >
            {text.log.download}
          </Button>
        </>
      }
    />
  );
}
