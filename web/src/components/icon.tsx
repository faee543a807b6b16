/** One stroke weight, one 16-pixel box; decorative, so the button around it carries the name. */
const paths = {
  experiments: 'M6 2h4M7 2v4L3 13a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1L9 6V2M5 10h6',
  models: 'M8 2 14 5v6l-6 3-6-3V5zM2 5l6 3 6-3M8 8v6',
  endpoints: 'M1 8h3M12 8h3M4 4h8v8H4zM7 6.5 9.5 8 7 9.5z',
  jobs: 'M2 4h9M2 8h6M2 12h6M11 8v6l4-3z',
  pipelines: 'M2 6h4v4H2zM10 2h4v4h-4zM10 10h4v4h-4zM6 8h2M10 4H8v8h2',
  automl: 'M3 13 10.5 5.5M9 4l3 3M12.5 1v3M11 2.5h3M4 2v4M2 4h4M13 10v3M11.5 11.5h3',
  search: 'M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2m3.6 8.6L14 14',
  close: 'm4 4 8 8m0-8-8 8',
  menu: 'M2 4h12M2 8h12M2 12h12',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  check: 'm3 8 4 4 6-8',
  copy: 'M5 5h8v9H5zM3 11V2h8',
  down: 'm4 6 4 4 4-4',
  right: 'm6 4 4 4-4 4',
  left: 'm10 4-4 4 4 4',
  up: 'm4 10 4-4 4 4',
  star: 'm8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  pencil: 'm3 13 .6-3L11 2.6 13.4 5 6 12.4z',
  trash: 'M3 4h10M6 4V2h4v2M5 4l.5 10h5L11 4',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  filter: 'M2 3h12L9.5 8.5V13l-3 1V8.5z',
  pin: 'M6 2h4l-.5 5L12 9H4l2.5-2zM8 9v5',
  theme: 'M8 2a6 6 0 1 0 0 12zM8 2v12a6 6 0 0 0 0-12',
  keyboard: 'M2 4h12v8H2zM5 7h.01M8 7h.01M11 7h.01M5 10h6',
  running: 'M8 2a6 6 0 1 1-6 6',
  finished: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M5.5 8l2 2 3-4',
  failed: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M6 6l4 4m0-4-4 4',
  killed: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M5 8h6',
  scheduled: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v3l2 2',
  skipped: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M5.5 5.5 8 8l-2.5 2.5M10.5 5.5v5',
  blocked: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M4 4l8 8',
  folder: 'M2 4h4l1.5 2H14v7H2z',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  download: 'M8 2v8m-3-3 3 3 3-3M3 13h10',
  external: 'M6 3H3v10h10v-3M9 3h4v4M13 3 7 9',
  tree: 'M3 3h4M5 3v9h4M5 8h4M11 8h2M11 12h2',
  rows: 'M2 4h12M2 8h12M2 12h12',
  expand: 'M9 3h4v4M7 13H3V9M13 3 9 7M3 13l4-4',
  pause: 'M6 3v10M10 3v10',
  play: 'M5 3v10l8-5z',
  stop: 'M4 4h8v8H4z',
  chart: 'M2 14V2M2 14h12M4 11l3-4 3 2 4-6',
  eye: 'M2 8s2-4.5 6-4.5S14 8 14 8s-2 4.5-6 4.5S2 8 2 8M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3',
  redo: 'M10 3l3 3-3 3M13 6H7a4 4 0 0 0 0 8h2',
  swap: 'M5 13V3M2 6l3-3 3 3M11 3v10M8 10l3 3 3-3',
  move: 'M6 3h.01M6 8h.01M6 13h.01M10 3h.01M10 8h.01M10 13h.01',
  'eye-off': 'M2 8s2-4.5 6-4.5S14 8 14 8s-2 4.5-6 4.5S2 8 2 8M3 13 13 3',
  undo: 'M6 3 3 6l3 3M3 6h6a4 4 0 0 1 0 8H7',
  tag: 'M2 2h6l6 6-6 6-6-6zM5 5h.01',
  link: 'M7 9 9 7M6 10l-1 1a2 2 0 0 1-3-3l2-2a2 2 0 0 1 3 0M10 6l1-1a2 2 0 0 1 3 3l-2 2a2 2 0 0 1-3 0',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    // The size stands here too for pictures that have icons in them: there the style sheet does not count.
    <svg className={`icon ${className}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
