/** What a terminal would show of a log: no colour codes, and of a progress bar its last state. */

// CSI sequences such as colours and cursor moves, and OSC ones such as window titles and links.
// oxlint-disable-next-line no-control-regex
const codes = /\u001b(?:\[[\d;:?<=>]*[ -/]*[@-~]|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\))/g;

export function terminalText(text: string): string {
  const plain = text.includes('\u001b') ? text.replaceAll(codes, '') : text;
  return plain.includes('\r') ? plain.split('\n').map(lastState).join('\n') : plain;
}

/** What follows the last carriage return; at the end of a line it is a part of the line's end. */
function lastState(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end--;
  return line.slice(end === 0 ? 0 : line.lastIndexOf('\r', end - 1) + 1, end);
}
