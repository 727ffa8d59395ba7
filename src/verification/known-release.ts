/* eslint-disable @typescript-eslint/no-require-imports -- the release that is installed, not one that this package was built with */
import { once } from '../data';

/** Minor releases of cdk8s 2 whose synthesis was compared with ours: src/app.ts, src/api-object.ts, src/dependency.ts, src/resolve.ts and src/yaml.ts do the same in them. */
const [OLDEST, NEWEST] = [68, 70];

/** Whether the installed cdk8s is a release that `FleetApp` and `RenderedOnce` were compared with. */
export const isKnownRelease = once(() => wasCompared((require('cdk8s/package.json') as { readonly version: string }).version));

/** The same for a version. */
export function wasCompared(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  // A working copy of cdk8s has the version 0.0.0.
  return major === 2 && minor !== undefined && minor >= OLDEST && minor <= NEWEST;
}
