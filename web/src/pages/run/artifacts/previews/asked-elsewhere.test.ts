import { expect, test } from 'bun:test';
import { askedElsewhere } from './asked-elsewhere.ts';

test.each([
  [
    '<script charset="utf-8" src="https://cdn.plot.ly/plotly-3.0.1.min.js" integrity="sha256-x="></script>',
    'cdn.plot.ly',
  ],
  ['<SCRIPT SRC=//cdn.bokeh.org/a.js></SCRIPT><script src="https://cdn.bokeh.org/b.js"></script>', 'cdn.bokeh.org'],
  ["<link href='https://host.org:8080/a.css' rel='alternate stylesheet'>", 'host.org:8080'],
  ['<script src="plotly.min.js"></script>', 'plotly.min.js'],
  ['<link rel="icon" href="https://host.org/i.png"><a href="https://host.org/">x</a>', ''],
  ['<!-- <script src="https://old.org/a.js"></script> --><script src="https://new.org/a.js"></script>', 'new.org'],
  ['<script>write(\'<script src="https://said.org/a.js">\')</script><p>x</p>', ''],
  ['<script>never closed, as in the first part of a file: "<link rel=stylesheet href=//said.org/a.css>"', ''],
  ['<script src="data:text/javascript,1"></script><link rel="stylesheet">', ''],
])('%s', (html, places) => {
  expect(askedElsewhere(html).join(' ')).toBe(places);
});

// What looks at everything behind each of them would run into the limit of a test.
test.each(['<script a="', '<!--', '<script>x', '<link ', "<link a=' >", '<style', 'a=', ' '])(
  '50,000 times %p comes to an end',
  (part) => {
    expect(askedElsewhere(`<link ${part.repeat(50_000)}`).length).toBeLessThan(2);
    expect(askedElsewhere(`${part.repeat(50_000)}>`).length).toBeLessThan(2);
  },
);
