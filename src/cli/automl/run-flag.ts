export const searchRunFlag = {
  run: {
    type: 'string',
    short: 'r',
    value: 'RUN',
    operand: true,
    required: true,
    meaning: "the search's run, the parent of its trials",
  },
} as const;
