/** An HTML page without anything from elsewhere, light or dark as its reader wishes. */
import { escaped } from './markup.ts';

const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1d2430; --quiet: #5b6575; --edge: #d5dbe3; --soft: #f6f8fa; --bad: #c22f2f; --link: #1f5fbf; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14181f; --text: #e6eaf0; --quiet: #a3adbb; --edge: #353e4c; --soft: #1d232d; --bad: #ff8b8b; --link: #7db1ff; }
}
body { margin: 0 auto; padding: 24px; max-width: 1100px; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
.graph { overflow: auto; border: 1px solid var(--edge); border-radius: 8px; padding: 8px; }
.graph a { text-decoration: none; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--edge); vertical-align: top; }
section { border-top: 1px solid var(--edge); padding: 8px 0; }
section:target { background: var(--soft); }
h3 { margin: 8px 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: var(--soft); border: 1px solid var(--edge); border-radius: 6px; padding: 8px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.error { border-left: 3px solid var(--bad); }
.product { overflow: auto; }
.product img { max-width: 100%; background: #fff; }
.quiet { color: var(--quiet); }
`;

/** @param body markup */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><main><h1>${escaped(title)}</h1>
${body}
</main></body></html>
`;
}
