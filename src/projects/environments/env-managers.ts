/** How environments are made; `virtualenv` is made by uv too. */
export const envManagers = ['local', 'uv', 'virtualenv', 'conda'] as const;
export type EnvManager = (typeof envManagers)[number];
