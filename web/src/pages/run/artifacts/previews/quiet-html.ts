/**
 * HTML of a notebook's output without what the policy of our pages forbids. By its text, since the browser tells the
 * console of each forbidden style and handler as soon as it parses it, in whatever document. Nothing rests on this: the
 * frame that shows it has no rights.
 */
export function quietHtml(source: string): string {
  return source.replace(forbidden, '').replace(tag, (whole) => whole.replace(attribute, quietAttribute));
}

const forbidden =
  /<!--[^]*?-->|<(style|script|iframe|object)\b[^]*?(?:<\/\1\s*>|$)|<(?:link|meta|base|embed)\b[^>]*>/gi;
const tag = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const attribute = /\s+([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g;
/** These load what they name. */
const loading: ReadonlySet<string> = new Set(['src', 'srcset', 'poster', 'background', 'data']);

function quietAttribute(whole: string, name: string, value: string | undefined): string {
  const key = name.toLowerCase();
  if (key === 'style' || key.startsWith('on')) return '';
  return loading.has(key) && !/^["']?data:/i.test(value ?? '') ? '' : whole;
}
