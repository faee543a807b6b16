/** Addresses of MLflow's UI open the matching page. */
import { prefix } from '../api/client.ts';
import { addressOfHash } from './old-addresses.ts';

/** Before the router looks at the address for the first time. */
export function redirectOldLinks(): void {
  const address = addressOfHash(location.hash);
  if (address !== undefined) history.replaceState(null, '', prefix + address);
}

/** Whenever an old address is typed or followed later. @param go the router's own way to an address */
export function followOldLinks(go: (address: string) => void): () => void {
  const follow = (): void => {
    const address = addressOfHash(location.hash);
    if (address !== undefined) go(prefix + address);
  };
  addEventListener('hashchange', follow);
  return () => {
    removeEventListener('hashchange', follow);
  };
}
