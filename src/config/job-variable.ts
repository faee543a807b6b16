/** In the environment of all that a job starts: its id. */
export const jobVariable = 'MODELYARD_JOB_ID';
