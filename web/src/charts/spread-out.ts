/** Heights at least `apart` from each other, in the order that they have, none below `bottom`. */
export function spreadOut(heights: readonly number[], apart: number, bottom: number): number[] {
  const order = [...heights.keys()].sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let least = -Infinity;
  for (const i of order) {
    placed[i] = Math.max(least, heights[i] ?? 0);
    least = placed[i] + apart;
  }
  let most = bottom;
  for (const i of order.reverse()) {
    placed[i] = Math.min(most, placed[i] ?? 0);
    most = placed[i] - apart;
  }
  return placed;
}
