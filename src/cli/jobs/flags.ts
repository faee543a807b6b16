/** Flags of the jobs' commands. */
export const jobFlag = {
  'job-id': { type: 'string', short: 'j', value: 'JOB_ID', required: true, operand: true, meaning: 'the job' },
} as const;

export const waitFlag = {
  wait: { type: 'boolean', meaning: 'show its log until it has ended; the exit code tells how' },
} as const;
