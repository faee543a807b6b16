/** Captured requests in the API's words. */
import type { listEndpointCaptures } from '../protocol/endpoints.ts';
import type { Encoded } from '../protocol/schema.ts';
import { pageOfLines, type CapturedLine } from './capture-files.ts';
import { captureFolder, type CaptureHome } from './capture-home.ts';

type Answer = Encoded<(typeof listEndpointCaptures)['response']>;
type Captured = NonNullable<Answer['captures']>[number];

export async function capturesOf(
  home: CaptureHome | undefined,
  page: { most: number; token: string | undefined },
): Promise<Answer> {
  if (!home) return { bytes: 0, captures: [] };
  const { lines, bytes, nextPageToken } = await pageOfLines(home, page);
  return {
    run_id: home.run,
    experiment_id: home.experiment,
    artifact_path: captureFolder,
    bytes,
    captures: lines.map(ofLine),
    next_page_token: nextPageToken,
  };
}

function ofLine({ id, text }: CapturedLine): Captured {
  const head = JSON.parse(text) as Omit<Captured, 'id'>;
  const { request, response } = exactly(text);
  return { ...head, id, latency_ms: Number(head.latency_ms?.toPrecision(3)), request, response };
}

/** With numbers as they were written: 1.0 is not 1, and an id of 19 digits is not rounded. */
function exactly(text: string): Pick<Captured, 'request' | 'response'> {
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? JSON.rawJSON(context.source) : value,
  ) as Pick<Captured, 'request' | 'response'>;
}
