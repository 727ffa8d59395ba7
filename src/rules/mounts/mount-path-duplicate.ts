import { duplicates } from '../../data';
import { FileSource } from '../../kubernetes';
import { certificateOf, PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const mountPathDuplicate: Rule<PodContext> = {
  id: 'mount-path-duplicate',
  code: 'PGTLS-F06',
  title: 'two mounts or two files at the same path',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes pkg/apis/core/validation/validation.go; what validation accepts hides one of the two',
  check: (context) => [
    ...context.pod.containers.flatMap(({ name, mounts }) =>
      duplicates(mounts.map(({ folder }) => folder)).map((path) => `container '${name}' mounts two volumes at '${path.replace(/(.)\/$/, '$1')}'`)),
    ...[...new Set(context.pod.sources.map(({ volume }) => volume))].flatMap((volume) =>
      duplicates(context.pod.sources.filter((source) => source.volume === volume).flatMap((source) => shownPaths(context, source)))
        .map((path) => `volume '${volume}' has two files at '${path}'`)),
  ],
  fix: 'use a different path for each',
};

/** The paths below the volume that a source is known to create. */
function shownPaths({ pod, manifests }: PodContext, source: FileSource): string[] {
  if (source.items !== undefined) { return source.items.map(({ path }) => path); }
  return certificateOf(pod, manifests, source) === undefined ? [] : ['tls.crt', 'tls.key'];
}
