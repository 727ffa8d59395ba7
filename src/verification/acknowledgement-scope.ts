import type { Place } from './place';
import type { Acknowledgement } from './validation-options';
import type { Manifest } from '../kubernetes';
import { globPattern } from '../reading';

/** Which findings an acknowledgement of manifests in files covers: all that match each of its limits. */
export function coversOf({ path, file, target }: Acknowledgement, nameOf: (file: string) => string): (place: Place, at: Manifest | undefined) => boolean {
  const isFile = file === undefined ? undefined : globPattern(normal(file));
  const isTarget = target === undefined ? undefined : globPattern(target);
  return (place, at) => (path === undefined || place.path === path)
    && (isFile === undefined || isFile.test(normal(nameOf(at?.file ?? place.path))))
    && (isTarget === undefined || (at !== undefined && namesOf(at).some((name) => isTarget.test(name))));
}

/** `Certificate/shop/db`, and without the namespace `Certificate/db`. */
function namesOf({ kind, namespace, name }: Manifest): string[] {
  return namespace === undefined ? [`${kind}/${name}`] : [`${kind}/${namespace}/${name}`, `${kind}/${name}`];
}

function normal(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}
