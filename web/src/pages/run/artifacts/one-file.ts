/** What of an address belongs to one opened file alone, and leaves with it. */
export const ofOneFile = {
  find: undefined,
  as: undefined,
  load: undefined,
  rows: undefined,
  order: undefined,
  entry: undefined,
  step: undefined,
  against: undefined,
};
