/** What the palette can offer, as one flat list in groups. */
import type { Endpoint } from '../api/endpoints.ts';
import type { FoundThings } from '../api/find.ts';
import { runNameOf } from '../api/run-name.ts';
import type { IconName } from '../components/icon.tsx';
import { valuesOf, type SavedView } from '../pages/runs/saved-views.ts';
import { text } from '../text/frame.ts';
import type { RecentPage } from './recent-pages.ts';

export interface PaletteItem {
  readonly id: string;
  readonly group: string;
  readonly icon: IconName;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Where it leads, or what it does. */
  readonly to: string | (() => void);
}

/** The experiment whose page is open. */
export interface OpenExperiment {
  readonly path: string;
  readonly name: string;
  /** Views are opened as what is open. */
  readonly page: 'runs' | 'charts';
  readonly views: readonly SavedView[];
}

const groups = text.palette.groups;
const shortId = 8;
const mostEndpoints = 8;
/** Experiments whose charts are offered beside their runs. */
const mostCharts = 3;

export function foundItems(found: FoundThings | undefined): PaletteItem[] {
  const items: PaletteItem[] = [];
  const add = (group: string, icon: IconName, label: string, to: string, hint?: string): void => {
    items.push({ id: to, group, icon, label, to, hint });
  };
  for (const { experiment_id: id = '', name = '', lifecycle_stage: stage } of found?.experiments ?? []) {
    const hint = stage === 'deleted' ? text.palette.deleted : undefined;
    add(groups.experiments, 'experiments', name, `/experiments/${id}/runs`, hint);
  }
  for (const { experiment_id: id = '', name = '' } of (found?.experiments ?? []).slice(0, mostCharts)) {
    add(groups.charts, 'chart', text.palette.chartsOf(name), `/experiments/${id}/charts`);
  }
  // Before the runs that they are kept as.
  for (const { experiment_id: id = '', experiment_name: experiment, name = '' } of found?.pipelines ?? []) {
    add(groups.pipelines, 'pipelines', name, `/pipelines/${id}/${encodeURIComponent(name)}`, experiment);
  }
  for (const { run_id: id = '', run_name: name, experiment_name: experiment } of found?.searches ?? []) {
    add(groups.searches, 'automl', name || id, `/automl/${id}`, experiment);
  }
  for (const run of found?.runs ?? []) {
    const { run_id: id = '', experiment_id: experiment = '' } = run;
    const hint = `${run.experiment_name ?? ''} · ${id.slice(0, shortId)}`;
    add(groups.runs, 'chart', runNameOf(run), `/experiments/${experiment}/runs/${id}`, hint);
  }
  for (const { name = '' } of found?.registered_models ?? []) {
    add(groups.models, 'models', name, `/models/${encodeURIComponent(name)}`);
  }
  for (const { name = '', version = '' } of found?.model_versions ?? []) {
    const to = `/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;
    add(groups.versions, 'models', text.palette.version(name, version), to);
  }
  return items;
}

/** Last: there are many of the same title. */
export function jobItems(found: FoundThings | undefined): PaletteItem[] {
  return (found?.jobs ?? []).map(({ job_id: id = '', title = '', state = 'queued' }) => ({
    id: `/jobs/${id}`,
    group: groups.jobs,
    icon: 'jobs',
    label: title,
    hint: `${text.palette.jobStates[state]} · ${id.slice(0, shortId)}`,
    to: `/jobs/${id}`,
  }));
}

/** There are few enough to be found here. */
export function endpointItems(endpoints: readonly Endpoint[], words: string): PaletteItem[] {
  const found = endpoints
    .filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()))
    .slice(0, mostEndpoints);
  return found.map(({ name, state }) => ({
    id: `/endpoints/${name}`,
    group: groups.endpoints,
    icon: 'endpoints',
    label: name,
    hint: text.palette.endpointStates[state],
    to: `/endpoints/${name}`,
  }));
}

/** What belongs to the experiment that is open, for whoever does not type its name: its charts and its views. */
export function hereItems(here: OpenExperiment, words: string): PaletteItem[] {
  const { path, name, page, views } = here;
  const charts: PaletteItem = {
    id: `${path}/charts`,
    group: groups.charts,
    icon: 'chart',
    label: text.palette.chartsOf(name),
    to: `${path}/charts`,
  };
  const own = views.filter((view) => view.name.toLowerCase().includes(words.toLowerCase()));
  return [
    ...own.map((view): PaletteItem => {
      const to = `${path}/${page}?${new URLSearchParams(valuesOf(view) as Record<string, string>)}`;
      return { id: to, group: groups.views, icon: 'star', label: view.name, hint: name, to };
    }),
    ...matchingActions([charts], words),
  ];
}

export function recentItems(pages: readonly RecentPage[]): PaletteItem[] {
  return pages.map(({ path, title }) => ({
    id: `recent ${path}`,
    group: groups.recent,
    icon: iconOf(path),
    label: title,
    to: path,
  }));
}

function iconOf(path: string): IconName {
  const kinds = ['endpoints', 'jobs', 'pipelines', 'automl', 'models'] as const;
  return kinds.find((kind) => path.startsWith(`/${kind}`)) ?? 'experiments';
}

/** Every word must start a word of the action's name. */
export function matchingActions(actions: readonly PaletteItem[], words: string): PaletteItem[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter(({ label }) => {
    const own = label.toLowerCase().split(/[\s:]+/);
    return wanted.every((word) => own.some((one) => one.startsWith(word)));
  });
}
