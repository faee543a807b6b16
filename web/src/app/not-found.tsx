import { Link } from '@tanstack/react-router';
import { PageTitle } from '../components/page.tsx';
import { text } from '../text/common.ts';

export function NotFound() {
  return (
    <div className="state">
      <PageTitle>{text.notFound}</PageTitle>
      <Link to="/experiments">{text.home}</Link>
    </div>
  );
}
