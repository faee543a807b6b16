import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../components/button.tsx';
import { PageTitle } from '../components/page.tsx';
import { text as common } from '../text/common.ts';
import { text } from '../text/frame.ts';

/** A page that threw; the frame around it stays. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const message = error instanceof Error ? error.message : String(error);
  const router = useRouter();
  return (
    <div className="state" role="alert">
      <PageTitle>{text.pageFailed}</PageTitle>
      <p className="dim">{message}</p>
      <Button
        onClick={() => {
          reset();
          void router.invalidate();
        }}
      >
        {common.retry}
      </Button>
    </div>
  );
}
