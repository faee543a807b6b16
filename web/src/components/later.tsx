/**
 * A part of the page whose code comes when it is first shown. Where the code does not come, only this part says so; it
 * tries again when the server can be reached again, and when it is asked to.
 */
import { use, useEffect, useState, type ComponentType, type FunctionComponent, type ReactNode } from 'react';
import { checkConnection, connection } from '../api/connection.ts';
import { text } from '../text/common.ts';
import { Button } from './button.tsx';

interface Later<Props> extends FunctionComponent<Props> {
  readonly preload: () => Promise<void>;
}

type Heading = 'h2' | ComponentType<{ children: ReactNode }>;

/** @param heading of what is said in its place where it does not come */
export function later<Props extends object, Name extends string>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
  heading: Heading = 'h2',
): Later<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  let failed = false;
  const begin = (): Promise<void> => {
    failed = false;
    return (loading = load().then(
      (module) => {
        Loaded = module[name];
      },
      () => {
        failed = true;
      },
    ));
  };
  /** Whoever comes back tries anew. */
  const forget = (): void => {
    if (failed) loading = undefined;
  };
  function Part(props: Props): ReactNode {
    const [, setTries] = useState(0);
    if (!Loaded) use((loading ??= begin()));
    if (Loaded) return <Loaded {...props} />;
    const tryAgain = async (): Promise<boolean> => {
      await begin();
      setTries((tries) => tries + 1);
      return !failed;
    };
    return <NotLoaded heading={heading} onRetry={tryAgain} onGone={forget} />;
  }
  return Object.assign(Part, { preload: () => (failed || !loading ? begin() : loading) });
}

interface NotLoadedProps {
  readonly heading: Heading;
  /** Whether it came. */
  readonly onRetry: () => Promise<boolean>;
  readonly onGone: () => void;
}

function NotLoaded({ heading: Title, onRetry, onGone }: NotLoadedProps) {
  useEffect(() => {
    const retry = (): void => void onRetry();
    void checkConnection().then((there) => there && retry());
    connection.addEventListener('back', retry);
    return () => {
      connection.removeEventListener('back', retry);
      onGone();
    };
    // Both are of the part, which stays the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <div className="state" role="alert">
      <Title>{text.notLoaded}</Title>
      <Button onClick={() => void again(onRetry)}>{text.retry}</Button>
    </div>
  );
}

/** With the server there, a new build, whose parts have other names, took the place of the one that is open. */
async function again(retry: () => Promise<boolean>): Promise<void> {
  if (!(await retry()) && (await checkConnection())) location.reload();
}
