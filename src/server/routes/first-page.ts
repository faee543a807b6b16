/** A plain first page: experiments and their newest runs, without a script. */
import { commonHeaders } from '../responses.ts';
import type { Services } from '../services.ts';
import type { Run } from '../../tracking/run-reader.ts';
import type { SystemRoute } from './system.ts';

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
  h2 { margin: 2rem 0 .3rem; font-size: 1.1rem }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #8884; vertical-align: top }
  th { font-weight: 600 } small, .dim { opacity: .65 } code { font-size: .9em }
`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Clients may send any int64 as a time; only some of them are dates. */
function minute(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 16).replace('T', ' ');
}

function runRow({ info = {}, data = {} }: Run): string {
  const metrics = (data.metrics ?? [])
    .slice(0, 6)
    .map((m) => `${escape(m.key ?? '')} ${Number(m.value?.toPrecision(5))}`);
  return `<tr><td>${escape(info.run_name ?? '')}<br><code class="dim">${escape(info.run_id ?? '')}</code></td><td>${info.status ?? ''}</td><td>${minute(Number(info.start_time ?? 0))}</td><td>${metrics.join('<br>')}</td></tr>`;
}

async function experimentSection(services: Services, id: string, name: string): Promise<string> {
  const { runs } = await services.runs.search({
    experimentIds: [id],
    filter: undefined,
    orderBy: [],
    view: 'ACTIVE_ONLY',
    maxResults: 10,
    pageToken: undefined,
  });
  const table =
    runs.length === 0
      ? '<p class="dim">No runs yet.</p>'
      : `<table><tr><th>Run</th><th>Status</th><th>Started (UTC)</th><th>Metrics</th></tr>${runs.map(runRow).join('')}</table>`;
  return `<h2>${escape(name)} <small>experiment ${escape(id)}</small></h2>${table}`;
}

async function body(services: Services | undefined): Promise<string> {
  if (!services) return '<p>This server keeps artifacts only.</p>';
  const { experiments, nextPageToken } = await services.experiments.search({
    maxResults: 50,
    pageToken: undefined,
    filter: undefined,
    orderBy: ['last_update_time DESC'],
    view: 'ACTIVE_ONLY',
  });
  const sections = await Promise.all(
    experiments.map((e) => experimentSection(services, e.experiment_id ?? '', e.name ?? '')),
  );
  const more = nextPageToken
    ? `<p class="dim">The ${experiments.length} experiments changed last; there are more.</p>`
    : '';
  return more + sections.join('');
}

export const firstPage: SystemRoute = {
  path: '/',
  permission: 'experiment:read',
  summary: 'Experiments and their newest runs.',
  handle: async (services) => {
    const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Modelyard</title><style>${style}</style><h1>Modelyard</h1>${await body(services)}</html>`;
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      ...commonHeaders,
    };
    return new Response(html, { headers });
  },
};
