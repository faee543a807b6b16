import { useQuery } from '@tanstack/react-query';
import { downloadUrl, listing } from '../../api/artifacts.ts';
import type { Search } from '../../api/automl.ts';
import type { RankedTrial } from '../../api/automl-ranking.ts';
import { searchFiles } from '../../api/automl-rules.ts';
import { Icon } from '../../components/icon.tsx';
import { Loading, State } from '../../components/page.tsx';
import { text } from '../../text/automl.ts';
import { NotebookView } from './trial/notebook-view.tsx';
import type { ShownView } from './use-search-view.ts';

interface NotebooksTabProps {
  readonly search: Search;
  readonly best: RankedTrial | undefined;
  readonly running: boolean;
  readonly shown: ShownView;
}

interface Listed {
  /** As the address names it. */
  readonly key: string;
  readonly label: string;
  readonly runId: string;
  readonly path: string;
}

/** The notebooks of a search: the data, the best model, and ways to predict with it. */
export function NotebooksTab({ search, best, running, shown }: NotebooksTabProps) {
  const own = useQuery(listing(search.runId, ''));
  const inference = useQuery({
    ...listing(search.runId, searchFiles.inference),
    enabled: own.data?.some(({ name, isFolder }) => isFolder && name === searchFiles.inference) === true,
  });
  const ofBest = useQuery({ ...listing(best?.runId ?? '', ''), enabled: best !== undefined });
  if (own.isPending) return <Loading />;
  const notebooks: Listed[] = [
    ...(own.data ?? [])
      .filter(({ name, isFolder }) => !isFolder && name.endsWith('.ipynb'))
      .map(({ path, name }) => ({
        key: path,
        label: titles[path] ?? name.replace('.ipynb', ''),
        runId: search.runId,
        path,
      })),
    ...(ofBest.data ?? [])
      .filter(({ name, isFolder }) => !isFolder && name.endsWith('.ipynb'))
      .map(({ path }) => ({
        key: 'best',
        label: `${text.notebooks.best}: ${best?.name ?? ''}`,
        runId: best?.runId ?? '',
        path,
      })),
    ...(inference.data ?? [])
      .filter(({ name, isFolder }) => !isFolder && name.endsWith('.ipynb'))
      .map(({ path, name }) => ({ key: path, label: inferenceTitle(name), runId: search.runId, path })),
  ];
  const open = notebooks.find(({ key }) => key === shown.notebook) ?? notebooks[0];
  if (!open) {
    return (
      <State title={running ? text.notebooks.notYet : text.notebooks.none}>
        {running && <p>{text.notebooks.notYetHelp}</p>}
      </State>
    );
  }
  return (
    <div className="automl-notebooks">
      <nav aria-label={text.notebooks.list}>
        <ul>
          {notebooks.map(({ key, label, runId, path }) => (
            <li key={`${runId} ${path}`} data-open={key === open.key}>
              <button
                type="button"
                className="link-button ellipsis"
                aria-current={key === open.key ? 'true' : undefined}
                title={label}
                onClick={() => {
                  shown.openNotebook(key);
                }}
              >
                {label}
              </button>
              <a
                className="button quiet square"
                href={downloadUrl(runId, path)}
                download={path.slice(path.lastIndexOf('/') + 1)}
                aria-label={`${text.notebooks.download}: ${label}`}
                title={text.notebooks.download}
              >
                <Icon name="download" />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="automl-notebook">
        <NotebookView runId={open.runId} path={open.path} isThere />
      </div>
    </div>
  );
}

const titles: Readonly<Record<string, string>> = {
  [searchFiles.explorationNotebook]: text.notebooks.exploration,
  'test.ipynb': text.notebooks.test,
};

function inferenceTitle(file: string): string {
  if (/batch/i.test(file)) return text.notebooks.batch;
  if (/real/i.test(file)) return text.notebooks.realtime;
  return file.replace('.ipynb', '');
}
