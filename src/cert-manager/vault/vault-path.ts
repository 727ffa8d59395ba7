import { requireText } from '../../checks';

/** A path of Vault's API without segments that lead upwards, which cert-manager's webhook refuses. */
export function vaultMount(owner: string, field: string, path: string): string {
  if (requireText(owner, field, path).split('/').includes('..')) {
    throw new Error(`${owner}: ${field} has a '..' segment, got '${path}'; give the path that is meant`);
  }
  return path;
}

/** The signing endpoint of a PKI engine. */
export function vaultSigningPath(path: string): string {
  const segments = vaultMount('vault issuer', 'path', path).split('/').filter(Boolean);
  if (segments[0] === 'v1') {
    throw new Error(`vault issuer: path starts with v1, got '${path}'; leave it out, cert-manager puts it there itself`);
  }
  // The `issue` endpoint makes a key of its own and passes over the request that cert-manager sends.
  if (segments.at(-2) === 'issue') {
    throw new Error(`vault issuer: path is an issue endpoint, got '${path}'; give the sign endpoint, for example '${path.replace(/\/issue\//, '/sign/')}'`);
  }
  return path;
}
