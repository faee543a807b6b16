import { useEffect, useRef, useState } from 'react';
import { invoke, type Invocation } from '../../../api/invocations.ts';

export interface Answer {
  readonly invocation: Invocation;
  /** What was sent. */
  readonly body: string;
}

export interface Sending {
  readonly answer: Answer | undefined;
  /** Why there was no answer. */
  readonly failure: string | undefined;
  readonly waiting: boolean;
  readonly send: (body: string) => void;
  readonly cancel: () => void;
  /** Puts away what came of the last request. */
  readonly forget: () => void;
}

/** One request at a time; leaving the page gives it up. */
export function useSending(path: string): Sending {
  const [answer, setAnswer] = useState<Answer>();
  const [failure, setFailure] = useState<string>();
  const [waiting, setWaiting] = useState(false);
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  const send = async (body: string): Promise<void> => {
    current.current?.abort();
    const own = (current.current = new AbortController());
    setWaiting(true);
    setFailure(undefined);
    try {
      const invocation = await invoke(path, body, own.signal);
      setAnswer({ invocation, body });
    } catch (error) {
      if (own.signal.aborted) return;
      setAnswer(undefined);
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setWaiting(false);
  };
  return {
    answer,
    failure,
    waiting,
    send: (body) => void send(body),
    cancel: () => {
      current.current?.abort();
      setWaiting(false);
    },
    forget: () => {
      setAnswer(undefined);
      setFailure(undefined);
    },
  };
}
