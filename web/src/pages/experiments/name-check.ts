import { useEffect, useState } from 'react';
import { isNameTaken } from '../../api/experiments.ts';
import { text } from '../../text/experiments.ts';

const longest = 500;
const pauseMs = 150;

/** What is wrong with a name that can be seen without asking the server. */
function nameComplaint(name: string): string | undefined {
  if (name.trim() === '') return text.form.empty;
  if (name.length > longest) return text.form.tooLong(longest);
  return /[\u0000-\u001f\u007f]/.test(name) ? text.form.control : undefined;
}

/** The complaint while it is typed; that the name is in use comes from the server. */
export function useNameCheck(name: string, own = ''): string | undefined {
  const complaint = nameComplaint(name);
  const [taken, setTaken] = useState<string>();
  const ask = complaint === undefined && name !== own;
  useEffect(() => {
    if (!ask) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      isNameTaken(name, stop.signal).then(
        (used) => {
          if (used) setTaken(name);
        },
        // Creating will say what is wrong.
        () => undefined,
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [name, ask]);
  return complaint ?? (ask && taken === name ? text.form.taken : undefined);
}
