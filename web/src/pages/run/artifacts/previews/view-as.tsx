import type { ReactNode } from 'react';
import { Button } from '../../../../components/button.tsx';
import { useUrlState } from '../../../../components/url-state.ts';
import { text } from '../../../../text/artifacts.ts';

export interface Choice {
  readonly key: string;
  readonly label: string;
}

/** Which of several views of a file is shown; the first is the usual one. */
export function useViewAs(choices: readonly Choice[]): [string, ReactNode] {
  const [url, setUrl] = useUrlState();
  const usual = choices[0]?.key ?? '';
  const chosen = choices.find(({ key }) => key === url['as'])?.key ?? usual;
  const buttons = choices.length > 1 && (
    <span className="segments" role="group" aria-label={text.viewAs}>
      {choices.map(({ key, label }) => (
        <Button
          key={key}
          aria-pressed={key === chosen}
          onClick={() => {
            setUrl({ as: key === usual ? undefined : key });
          }}
        >
          {label}
        </Button>
      ))}
    </span>
  );
  return [chosen, buttons];
}
