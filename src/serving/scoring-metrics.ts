/** What a scoring server did, in the text form of Prometheus. */
import type { ScorerLoad } from './scorer.ts';

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export class ScoringMetrics {
  readonly #byStatus = new Map<number, number>();
  readonly #buckets = new Float64Array(bounds.length);
  #open = 0;
  #count = 0;
  #seconds = 0;

  /** A request that is not answered yet; `count` ends it. */
  begin(): void {
    this.#open++;
  }

  count(status: number, seconds: number): void {
    this.#open--;
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
    this.#count++;
    this.#seconds += seconds;
    const place = bounds.findIndex((bound) => seconds <= bound);
    if (place >= 0) this.#buckets[place] = (this.#buckets[place] ?? 0) + 1;
  }

  text({ queued, running, restarts }: ScorerLoad, ready: boolean): string {
    const name = 'modelyard_scoring_request_duration_seconds';
    let below = 0;
    const buckets = bounds.map((bound, place) => {
      below += this.#buckets[place] ?? 0;
      return `${name}_bucket{le="${bound}"} ${below}`;
    });
    const statuses = [...this.#byStatus].toSorted(([a], [b]) => a - b);
    return [
      ...head('modelyard_scoring_requests_total', 'counter', 'Requests to score, by the status of their answers.'),
      ...statuses.map(([status, count]) => `modelyard_scoring_requests_total{status="${status}"} ${count}`),
      ...head(name, 'histogram', 'Time from the head of a request to its answer.'),
      ...buckets,
      `${name}_bucket{le="+Inf"} ${this.#count}`,
      `${name}_sum ${this.#seconds}`,
      `${name}_count ${this.#count}`,
      ...single('modelyard_scoring_open_requests', 'gauge', 'Requests that are not answered yet.', this.#open),
      ...single('modelyard_scoring_queue_depth', 'gauge', 'Requests that wait.', queued),
      ...single('modelyard_scoring_running', 'gauge', 'Requests that are being scored.', running),
      ...single('modelyard_scoring_worker_restarts_total', 'counter', 'Workers that were started again.', restarts),
      ...single('modelyard_scoring_ready', 'gauge', '1 when the model can score.', Number(ready)),
      '',
    ].join('\n');
  }
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function single(name: string, type: string, help: string, value: number): string[] {
  return [...head(name, type, help), `${name} ${value}`];
}
