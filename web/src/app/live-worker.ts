/**
 * A shared worker: holds one stream of the live feed for all tabs of the browser that listen, because a browser has six
 * connections to a server for all of its tabs. What is said, and when to ask again, is theirs.
 */
import { openAgainFrom } from './live-positions.ts';
import { openStream, type FeedEvent, type TabMessage } from './live-stream.ts';

const tabs = new Set<MessagePort>();
let source: EventSource | undefined;
/** All that changed after this is still to come. */
let position = '';
/** Whether the server has answered. */
let open = false;

function start(address: string, since: string): void {
  source?.close();
  position = since;
  open = false;
  source = openStream(address, since, hear);
}

function end(): void {
  source?.close();
  source = undefined;
}

function hear(event: FeedEvent): void {
  for (const tab of tabs) tab.postMessage(event);
  if (event.kind === 'hello') open = true;
  if (event.kind === 'change') position = event.position;
  if (event.kind !== 'broken') return;
  tabs.clear();
  end();
}

function join(tab: MessagePort, address: string, since: string): void {
  tabs.add(tab);
  const from = source === undefined ? since : openAgainFrom(position, since);
  if (from !== undefined) start(address, from);
  else if (open) tab.postMessage({ kind: 'hello' } satisfies FeedEvent);
}

function leave(tab: MessagePort): void {
  tabs.delete(tab);
  if (tabs.size === 0) end();
}

addEventListener('connect', (event) => {
  const [tab] = (event as MessageEvent).ports;
  if (tab === undefined) return;
  tab.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data === 'leave') leave(tab);
    else join(tab, data.address, data.since);
  });
  // Of a tab that could not say so, where browsers tell it.
  tab.addEventListener('close', () => {
    leave(tab);
  });
  tab.start();
});
