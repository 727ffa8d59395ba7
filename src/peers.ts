/* eslint-disable @typescript-eslint/no-require-imports -- a missing package must be reported by name, before another module loads it */

/** The packages that a project must install itself, and the oldest release of each: `peerDependencies` of package.json. */
export const PEERS = { 'cdk8s': '2.68.12', 'cdk8s-plus-27': '2.9.5', 'constructs': '10.3.0' } as const;

/** The name of such a package. */
export type Peer = keyof typeof PEERS;

/** The manifests of the packages. The names are literal, so that bundlers find them. */
const MANIFESTS: Readonly<Record<Peer, () => unknown>> = {
  'cdk8s': () => require('cdk8s/package.json'),
  'cdk8s-plus-27': () => require('cdk8s-plus-27/package.json'),
  'constructs': () => require('constructs/package.json'),
};

/**
 * Throws an error that names the packages that are missing or too old, and the command that installs them. Without it Node.js reports a module that
 * some file of this package cannot find, or for an old release that something is not a function.
 *
 * @param manifestOf the manifest of a package, which it may not find
 */
export function demandPeers(manifestOf: (peer: Peer) => unknown): void {
  const faults = (Object.keys(PEERS) as Peer[]).flatMap((peer) => faultOf(peer, () => manifestOf(peer)) ?? []);
  if (faults.length > 0) {
    const wanted = Object.entries(PEERS).map(([peer, oldest]) => `${peer}@^${oldest}`).join(' ');
    throw new Error(`cdk8s-postgres-tls: ${faults.join(', ')}; run: npm install ${wanted}`);
  }
}

function faultOf(peer: Peer, manifest: () => unknown): string | undefined {
  try {
    const { version } = manifest() as { readonly version?: unknown };
    return typeof version === 'string' && !fits(version, PEERS[peer]) ? `${peer} is ${version}, which is not ${PEERS[peer]} or a later release of the same major` : undefined;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    // A package may hide its manifest, and a bundle may have none: only what is not there at all is missing.
    return code === 'MODULE_NOT_FOUND' ? `the package ${peer} is not installed` : undefined;
  }
}

/** Whether a release is of the same major as the oldest and not before it; a version that is not a release, such as that of a working copy, passes. */
function fits(version: string, oldest: string): boolean {
  const [given, wanted] = [version, oldest].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  if (given!.some(Number.isNaN) || version.startsWith('0.0.0')) { return true; }
  const differing = given!.findIndex((part, index) => part !== wanted![index]);
  return differing < 0 || (differing > 0 && given![differing]! > wanted![differing]!);
}

demandPeers((peer) => MANIFESTS[peer]());
