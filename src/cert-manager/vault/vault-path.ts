import { requireText } from '../../checks';

/** A path of the Vault API; throws if it has `..` segments, which cert-manager's webhook rejects. */
export function vaultMount(owner: string, field: string, path: string): string {
  if (requireText(owner, field, path).split('/').includes('..')) {
    throw new Error(`${owner}: ${field} has a '..' segment, got '${path}'; give a path without '..' segments`);
  }
  return path;
}

/** The path of a sign endpoint; throws for other paths. */
export function vaultSigningPath(path: string): string {
  const segments = vaultMount('vault issuer', 'path', path).split('/').filter(Boolean);
  if (segments[0] === 'v1') {
    throw new Error(`vault issuer: path starts with v1, got '${path}'; remove it, cert-manager adds it itself`);
  }
  // The `issue` endpoint generates its own key and ignores the CSR that cert-manager sends.
  if (segments.at(-2) === 'issue') {
    throw new Error(`vault issuer: path is an issue endpoint, got '${path}'; give the sign endpoint, for example '${path.replace(/\/issue\//, '/sign/')}'`);
  }
  return path;
}
