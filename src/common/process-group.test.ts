import { expect, test } from 'bun:test';
import { endsWithParent, signalGroup } from './process-group.ts';

test('a group is signalled as long as one of it is there', async () => {
  const child = Bun.spawn(['sh', '-c', 'sleep 100 & echo up; wait'], { stdout: 'pipe', detached: true });
  await child.stdout.getReader().read();
  expect(signalGroup(child.pid, 0)).toBe(true);
  expect(signalGroup(child.pid, 'SIGKILL')).toBe(true);
  expect(await child.exited).not.toBe(0);

  const alone = Bun.spawn(['true'], { detached: true });
  expect(await alone.exited).toBe(0);
  expect(signalGroup(alone.pid, 'SIGTERM')).toBe(false);
});

test('a command that ends with its parent is the same command', async () => {
  const child = Bun.spawn([...endsWithParent(), 'echo', '--', 'a b'], { stdout: 'pipe' });
  expect(await new Response(child.stdout).text()).toBe('-- a b\n');
});
