import { Link, useRouterState } from '@tanstack/react-router';
import { PageTitle } from '../components/page.tsx';
import { text } from '../text/common.ts';

export function NotFound() {
  const address = useRouterState({ select: ({ location }) => location.href });
  return (
    <div className="state">
      <PageTitle>{text.notFound}</PageTitle>
      <p className="dim mono not-found-address">{address}</p>
      <Link to="/experiments">{text.home}</Link>
    </div>
  );
}
