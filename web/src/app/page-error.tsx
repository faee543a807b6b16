import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../components/button.tsx';
import { PageTitle } from '../components/page.tsx';
import { text as common } from '../text/common.ts';
import { text } from '../text/frame.ts';
import { checkConnection, isBack } from './connection.tsx';

class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';
}

/**
 * The code of a page, with an error of our own: at the browser's, the router loads the whole document again, and where
 * the server is gone that takes away everything that stands in it.
 */
export function staying<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return () =>
    load().catch((error: unknown) => {
      void checkConnection();
      throw new PageNotLoaded(text.pageNotLoaded, { cause: error });
    });
}

async function reloadWhenThere(): Promise<void> {
  if (await isBack()) location.reload();
  else await checkConnection();
}

/** A page whose code could not be loaded or that threw; the frame around it stays. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const message = error instanceof Error ? error.message : String(error);
  const router = useRouter();
  // The server was gone, or a new build, whose parts have other names, took the place of the one that is open.
  const isLoad = error instanceof PageNotLoaded;
  return (
    <div className="state" role="alert">
      <PageTitle>{text.pageFailed}</PageTitle>
      <p className="dim">{message}</p>
      <Button
        onClick={() => {
          if (isLoad) void reloadWhenThere();
          else {
            reset();
            void router.invalidate();
          }
        }}
      >
        {isLoad ? text.reload : common.retry}
      </Button>
    </div>
  );
}
