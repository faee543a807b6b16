import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../components/button.tsx';
import { PageTitle } from '../components/page.tsx';
import { text as common } from '../text/common.ts';
import { text } from '../text/frame.ts';

/** A page whose code could not be loaded or that threw; the frame around it stays. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const message = error instanceof Error ? error.message : String(error);
  const router = useRouter();
  // A new build took the place of the one that is open: its parts have other names.
  const isLoad = /import|module|chunk|fetch/i.test(message);
  return (
    <div className="state" role="alert">
      <PageTitle>{text.pageFailed}</PageTitle>
      <p className="dim">{message}</p>
      <Button
        onClick={() => {
          if (isLoad) location.reload();
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
