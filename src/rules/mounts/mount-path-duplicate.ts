import { duplicates } from '../../data';
import type { FileSource } from '../../kubernetes';
import { certificateOf, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const mountPathDuplicate: Rule<PodContext> = {
  id: 'mount-path-duplicate',
  code: 'PGTLS-F06',
  title: 'two mounts or two files at the same path',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesFile('pkg/apis/core/validation/validation.go', 'ValidateVolumeMounts; what validation accepts hides one of the two')],
  check: (context, report) => {
    for (const { name, mounts } of context.pod.containers) {
      for (const path of duplicates(mounts.map(({ folder }) => folder))) {
        report(`${mounts.filter(({ folder }) => folder === path)[1]!.field}.mountPath`, `container '${name}' mounts two volumes at '${path.replace(/(.)\/$/, '$1')}'`);
      }
    }
    for (const volume of new Set(context.pod.sources.map((found) => found.volume))) {
      const shown = context.pod.sources.filter((found) => found.volume === volume).flatMap((found) => shownPaths(context, found));
      for (const path of duplicates(shown.map((file) => file.path))) {
        report(shown.filter((file) => file.path === path)[1]!.field, `volume '${volume}' has two files at '${path}'`);
      }
    }
  },
  fix: 'use a different path for each',
};

/** A file of a volume, and the place of its path in the manifest. */
interface ShownPath {
  readonly path: string;
  readonly field: string;
}

/** The paths below the volume that a source is known to create. */
function shownPaths({ pod, manifests }: PodContext, shown: FileSource): ShownPath[] {
  if (shown.items !== undefined) { return shown.items.map(({ path }, index) => ({ path, field: `${shown.field}.items[${index}].path` })); }
  return certificateOf(pod, manifests, shown) === undefined ? [] : ['tls.crt', 'tls.key'].map((path) => ({ path, field: shown.field }));
}
