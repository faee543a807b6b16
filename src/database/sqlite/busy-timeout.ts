/** Milliseconds for which a connection waits while another process writes. */
export const busyTimeout = 10_000;
