/** Uploads on their way in and folders on their way out. In the root, because a rename must stay on its disk. */
export const stagingName = '.modelyard-staging';
