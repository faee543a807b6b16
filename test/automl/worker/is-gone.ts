/** Whether the process has ended, within five seconds. */
export async function isGone(pid: number): Promise<boolean> {
  for (let at = 0; at < 200; at++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await Bun.sleep(25);
  }
  return false;
}
