/** Settings of an endpoint as they stand in the fields of a form, and as they are sent. */
import type { EndpointChange } from '../../api/endpoint-changes.ts';
import { longestTimeout, mostCaptureBytes, mostWorkers } from '../../api/endpoint-rules.ts';
import type { Endpoint, EnvManager } from '../../api/endpoints.ts';
import { text } from '../../text/endpoints.ts';

const megabyte = 1_000_000;

export interface SettingsDraft {
  readonly env_manager: EnvManager;
  readonly workers: string;
  readonly timeout: string;
  /** Percent of requests. */
  readonly capture: string;
  readonly captureMegabytes: string;
}

/** Of an endpoint that was asked for nothing else. */
export const usualSettings: SettingsDraft = {
  env_manager: 'uv',
  workers: '1',
  timeout: '60',
  capture: '0',
  captureMegabytes: '100',
};

export function draftOfEndpoint(endpoint: Endpoint): SettingsDraft {
  return {
    env_manager: endpoint.env_manager,
    workers: String(endpoint.workers),
    timeout: String(endpoint.timeout_seconds),
    capture: String(percentOf(endpoint.capture_sample_rate)),
    captureMegabytes: String((endpoint.capture_max_bytes ?? 0) / megabyte),
  };
}

export function percentOf(rate = 0): number {
  return Number((rate * 100).toPrecision(6));
}

export const ranges = {
  workers: { least: 1, most: mostWorkers, whole: true },
  timeout: { least: 1, most: longestTimeout, whole: true },
  capture: { least: 0, most: 100, whole: false },
  captureMegabytes: { least: 1, most: mostCaptureBytes / megabyte, whole: false },
} as const;

export type NumberSetting = keyof typeof ranges;

/** What is wrong with a number that was typed. */
export function problemOf(setting: NumberSetting, typed: string): string | undefined {
  const { least, most, whole } = ranges[setting];
  const value = Number(typed);
  const good = typed.trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value));
  return good ? undefined : text.form.number(least, most);
}

export function isGood(draft: SettingsDraft): boolean {
  return (Object.keys(ranges) as NumberSetting[]).every((setting) => problemOf(setting, draft[setting]) === undefined);
}

/** What is sent: only what differs from before. */
export function changeOf(draft: SettingsDraft, before: SettingsDraft): EndpointChange {
  const differs = (setting: keyof SettingsDraft): boolean => draft[setting] !== before[setting];
  const capture = {
    ...(differs('capture') && { sample_rate: Number(draft.capture) / 100 }),
    ...(differs('captureMegabytes') && { max_bytes: Math.round(Number(draft.captureMegabytes) * megabyte) }),
  };
  return {
    ...(differs('env_manager') && { env_manager: draft.env_manager }),
    ...(differs('workers') && { workers: Number(draft.workers) }),
    ...(differs('timeout') && { timeout_seconds: Number(draft.timeout) }),
    ...(Object.keys(capture).length > 0 && { capture }),
  };
}
