import { duplicates } from '../../../../data';
import { Consequence, Rule, when } from '../../../../rules';
import { RESTART_CHECKSUM } from '../../../../workloads';
import { meetPaths } from '../../../plan/collisions';
import type { DatabaseContext } from '../../../plan/database-context';
import { objectLabels } from '../../../plan/names';

/** Given the containers that are reserved for this package. */
export const podTemplateInvalid = (taken: ReadonlyArray<string>): Rule<DatabaseContext> => ({
  id: 'pod-template-invalid',
  code: 'PGTLS-P30',
  title: 'pod template with duplicate or reserved names, paths or labels, or a short grace period',
  consequence: Consequence.NEVER_READY,
  source: 'docs/postgres.md, Properties',
  check: ({ props: { podTemplate = {} }, plan }) => {
    const given = plan.pod?.volumes ?? [];
    const volumes = plan.volumes.map(({ name }) => name);
    const paths = plan.volumes.map(({ mountPath }) => mountPath);
    const labels = Object.keys(objectLabels(plan.name));
    const extra = [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])];
    return [
      ...given.filter(({ name }) => volumes.includes(name)).map(({ name }) => `podTemplate: volume '${name}' is reserved for this package`),
      ...extra.filter(({ name }) => plan.reservedContainers.includes(name)).map(({ name }) => `podTemplate: container '${name}' is reserved for this package`),
      ...(podTemplate.volumeMounts ?? []).filter(({ mountPath }) => paths.some((path) => meetPaths(mountPath, path)))
        .map(({ mountPath }) => `podTemplate: mount path '${mountPath}' overlaps a mount path of this package`),
      ...Object.keys(podTemplate.labels ?? {}).filter((label) => labels.includes(label)).map((label) => `podTemplate: label '${label}' is reserved for this package`),
      ...when(podTemplate.annotations?.[RESTART_CHECKSUM] !== undefined, () => `podTemplate: annotation '${RESTART_CHECKSUM}' is reserved for this package`),
      ...duplicates(extra.map(({ name }) => name)).map((name) => `podTemplate: container '${name}' is given twice`),
      ...duplicates(given.map(({ name }) => name)).map((name) => `podTemplate: volume '${name}' is given twice`),
      ...when(podTemplate.terminationGracePeriod !== undefined && podTemplate.terminationGracePeriod.toSeconds({ integral: false }) < 30,
        () => `podTemplate: terminationGracePeriod ${podTemplate.terminationGracePeriod!.toHumanString()} is too short for the checkpoint of a fast shutdown, 30 seconds at least`),
    ];
  },
  fix: `choose another value; reserved are the containers ${taken.join(', ')}, their volumes and mount paths`,
});
