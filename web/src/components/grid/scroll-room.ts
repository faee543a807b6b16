/** Few rows leave nothing to scroll: room below them keeps what is under the pointer in its place. */
export function scrollBy(scroller: HTMLElement, pixels: number): void {
  const target = scroller.scrollTop + pixels;
  const sheet = scroller.firstElementChild;
  const missing = target - (scroller.scrollHeight - scroller.clientHeight);
  if (missing > 0 && sheet instanceof HTMLElement) sheet.style.minHeight = `${scroller.scrollHeight + missing}px`;
  scroller.scrollTop = target;
}

/** The pointer is gone, and the rows may fill the view again. */
export function giveBackRoom(scroller: HTMLElement): void {
  const sheet = scroller.firstElementChild;
  if (sheet instanceof HTMLElement) sheet.style.minHeight = '';
}
