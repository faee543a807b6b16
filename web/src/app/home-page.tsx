import { useRouterState } from '@tanstack/react-router';
import { ExperimentsPage } from '../pages/experiments/experiments-page.tsx';
import { NotFound } from './not-found.tsx';

/** Old links that are known were turned into our addresses before: what is still behind `#/` is no page of anybody. */
export function HomePage() {
  const hash = useRouterState({ select: (state) => state.location.hash });
  return hash.startsWith('/') ? <NotFound /> : <ExperimentsPage />;
}
