/** What is said while the folder of artifacts is not where it was at the start. Its path is for the log alone. */
export const lostFolder = 'the artifact folder was removed or moved while the server runs';
