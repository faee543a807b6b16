/** Whether a server runs jobs, projects and searches of AutoML: the one is code of whoever may call it, the other reads any file for them. */
import type { ServerConfig } from './server-config.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** Why it does not; undefined when it does. */
export function jobRefusal(config: ServerConfig): string | undefined {
  const { projectJobs, host, allowedHosts, corsAllowedOrigins } = config;
  if (projectJobs === 'on') return undefined;
  if (projectJobs === 'off') return refusal('was started with --project-jobs off');
  if (!loopback.test(host)) return refusal(`answers on ${host}, so that others than this machine can call it`);
  if (allowedHosts?.includes('*')) return refusal('accepts every Host header (--allowed-hosts *)');
  if (corsAllowedOrigins?.includes('*')) return refusal('lets every web page call it (--cors-allowed-origins *)');
  return undefined;
}

function refusal(reason: string): string {
  return `This server runs no projects and no searches of AutoML, because it ${reason}. Whoever may call it could run any code on its machine; if all of them may, start it with --project-jobs on.`;
}
