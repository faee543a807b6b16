/** The web UI: the files that `scripts/build-web.ts` left in `dist/web`, and the page that loads them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiError } from '../protocol/errors.ts';
import { acceptedCodings } from './accepted-codings.ts';
import { commonHeaders, plain, varyByCoding } from './responses.ts';

/** Addresses that the UI's own router takes over. Everything else that is unknown stays a 404. */
export const pagePaths = [
  '/',
  '/experiments',
  '/experiments/{*rest}',
  '/runs',
  '/models',
  '/models/{*rest}',
  '/endpoints',
  '/endpoints/{name}',
  '/jobs',
  '/jobs/{id}',
  '/charts',
  '/compare',
  '/pipelines',
  '/pipelines/{*rest}',
  '/automl',
  '/automl/{*rest}',
] as const;
export const assetPath = '/assets/{name}';

/** Addresses below which programs ask: what is unknown there is told them as before, whoever asks. */
const programPath =
  /^\/(?:api|ajax-api|assets|get-artifact|model-versions|graphql|gateway|otel|v1|static-files|health|version|metrics)(?:\/|$)/;

/** Whether a person looks for a page there: a browser that follows a link or an address asks for HTML by name. */
export function asksForPage(request: Request, path: string): boolean {
  const accepts = request.headers.get('accept') ?? '';
  return ['GET', 'HEAD'].includes(request.method) && /\btext\/html\b/.test(accepts) && !programPath.test(path);
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Encodings that the build made of each file, best first. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

const nameOfAsset = /^[\w-]+\.(js|css|svg)$/;

export class WebPages {
  readonly #folder: string;
  readonly #prefix: string;

  /** @param prefix the path under which the server stands, such as `/ml`; empty for none */
  constructor(folder: string, prefix: string) {
    this.#folder = folder;
    this.#prefix = prefix;
  }

  /**
   * Read anew each time, so that a build takes effect on the server that runs.
   * @param position of the live feed: what changes from now on, the page has not read
   * @param status 404 where the page will say that nothing stands at this address
   */
  page(position: string, status: 200 | 404 = 200): Response {
    if (!existsSync(join(this.#folder, 'index.html'))) {
      return plain('The pages of the UI are not built here. Run: npm ci --include=dev\n', 503);
    }
    const html = readFileSync(join(this.#folder, 'index.html'), 'utf8')
      .replaceAll('%PREFIX%', () => Bun.escapeHTML(this.#prefix))
      .replace('%POSITION%', position);
    return new Response(html, { status, headers: pageHeaders(html) });
  }

  /** A file of the build. Its name holds the hash of its content, so browsers may keep it for ever. */
  asset(name: string, acceptEncoding: string | null): Response {
    const file = join(this.#folder, 'assets', name);
    const type = types[nameOfAsset.exec(name)?.[1] ?? ''];
    if (type === undefined || !existsSync(file)) {
      throw new ApiError('RESOURCE_DOES_NOT_EXIST', `The UI has no file ${name}.`);
    }
    const headers: Record<string, string> = {
      ...commonHeaders,
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: varyByCoding,
    };
    const accepted = acceptedCodings(acceptEncoding);
    const encoding = encodings.find(([coding, ending]) => accepted.has(coding) && existsSync(file + ending));
    if (encoding) headers['content-encoding'] = encoding[0];
    return new Response(Bun.file(file + (encoding?.[1] ?? '')), { headers });
  }
}

/** Nothing runs in our origin but our own files; artifacts are shown in frames without rights. */
function pageHeaders(html: string): Record<string, string> {
  const inline = /<script>([^]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = new Bun.CryptoHasher('sha256').update(inline).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
  return {
    ...commonHeaders,
    vary: `${commonHeaders.vary}, Accept`,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  };
}
