/** What MLflow's UI has a page for and this one has none: it says so, and leads to what there is. */
import { Link, useParams } from '@tanstack/react-router';
import { PageTitle } from '../components/page.tsx';
import { text } from '../text/frame.ts';
import { NotFound } from './not-found.tsx';

export function NotHere() {
  const { experimentId = '', section = '' } = useParams({ strict: false });
  const words: Readonly<Record<string, string>> = text.notHere;
  if (!Object.hasOwn(words, section)) return <NotFound />;
  return (
    <div className="state">
      <PageTitle>{words[section]}</PageTitle>
      <Link to="/experiments/$experimentId/runs" params={{ experimentId }}>
        {text.toRuns}
      </Link>
    </div>
  );
}
