import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { experimentQuery } from '../../api/experiments.ts';
import { Icon } from '../../components/icon.tsx';
import { text } from '../../text/runs.ts';

/** To the form that runs a project, which then is recorded in this experiment. */
export function RunProjectLink({ experimentId }: { experimentId: string }) {
  const { data } = useQuery(experimentQuery(experimentId));
  return (
    <Link
      to="/jobs/new"
      search={(data === undefined ? {} : { experiment: data.name }) as never}
      className="button quiet square"
      aria-label={text.runProject}
      title={text.runProject}
    >
      <Icon name="play" />
    </Link>
  );
}
