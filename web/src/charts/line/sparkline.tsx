const [width, height] = [96, 20];

/** A line of a few values, for a table's cell; the numbers beside it say the same to a screen reader. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length < 2) return <svg className="sparkline" aria-hidden="true" />;
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const x = (place: number): string => (2 + (place / (values.length - 1)) * (width - 4)).toFixed(1);
  const y = (value: number): string =>
    (high === low ? height / 2 : 2 + ((high - value) / (high - low)) * (height - 4)).toFixed(1);
  let path = '';
  let open = false;
  for (const [place, value] of values.entries()) {
    if (Number.isFinite(value)) path += `${open ? 'L' : 'M'}${x(place)} ${y(value)}`;
    open = Number.isFinite(value);
  }
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
