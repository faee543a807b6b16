/** Of the run's name where a person runs the notebook of a trial: that of the trial stands beside it in the leaderboard. */
export const editedSuffix = '-edited';
