/** What a server says when it is ready: where it is called, and where it keeps what. */
import { resolve } from 'node:path';
import type { ServerConfig } from '../config/server-config.ts';
import type { RunningServer } from '../app/start-server.ts';
import { createHostGuard } from '../server/host-guard.ts';

// From src/cli as from dist/cli; import.meta would be the place of the build.
const docs = resolve(Bun.main, '../../../docs');

export function startMessage(config: ServerConfig, server: RunningServer): string {
  const { url, notes } = address(config, server);
  const data = config.artifactsOnly ? 'none (artifacts only)' : config.databasePath;
  const python = config.artifactsOnly ? '' : `  In Python:  mlflow.set_tracking_uri("${url}")\n`;
  const more = notes.map(([name, text]) => `\n    ${name.padEnd(12)}${text}`).join('');
  return `
  Modelyard is ready.

    UI          ${url}${more}
    Database    ${data}
    Artifacts   ${artifactPlaces(config)}
    Docs        ${docs}; modelyard server --help

${python}  Ctrl+C stops the server; what it accepted is finished first.
`;
}

const ofThisMachine = /^(localhost|127\.[\d.]+|\[::1\])$/;

interface Address {
  /** One that is answered. */
  readonly url: string;
  readonly notes: readonly (readonly [name: string, text: string])[];
}

function address({ host, staticPrefix, allowedHosts }: ServerConfig, server: RunningServer): Address {
  const everyAddress = host === '0.0.0.0' || host === '::';
  const own = everyAddress ? `http://127.0.0.1:${server.port}${staticPrefix}` : server.url;
  const { host: ownHost, hostname } = new URL(own);
  if (allowedHosts === undefined) {
    const elsewhere = "by this machine's address; by its name once --allowed-hosts NAME allows it";
    return { url: own, notes: everyAddress ? [['Elsewhere', elsewhere]] : [] };
  }
  const names = allowedHosts.filter((name) => name !== hostname);
  if (createHostGuard(allowedHosts)(ownHost)) {
    const elsewhere = names.includes('*') ? 'any name or address of this machine' : names.join(', ');
    return { url: own, notes: everyAddress && elsewhere !== '' ? [['Elsewhere', `by ${elsewhere}`]] : [] };
  }
  const name = names.find((one) => !one.includes('*')) ?? names[0] ?? hostname;
  // Where this machine alone can call, others come through a proxy, whose port is its own.
  const proxied = !everyAddress && ofThisMachine.test(hostname) && !ofThisMachine.test(name);
  const port = proxied || /:[\d*]+$/.test(name) ? '' : `:${server.port}`;
  const accepts = `it answers as ${names.join(', ')} alone (--allowed-hosts)`;
  return { url: `http://${name}${port}${staticPrefix}`, notes: [['Listens on', `${ownHost}; ${accepts}`]] };
}

/** Where new experiments keep artifacts, and what is proxied besides. */
function artifactPlaces({ artifactRoot, artifactsDestination }: ServerConfig): string {
  if (artifactRoot.startsWith('mlflow-artifacts:')) return artifactsDestination ?? artifactRoot;
  const proxied = artifactsDestination === undefined ? '' : `; proxied ones in ${artifactsDestination}`;
  return `${artifactRoot} (clients write there themselves)${proxied}`;
}
