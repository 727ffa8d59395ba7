import { meetPaths } from '../../../plan/collisions';
import type { DatabaseContext } from '../../../plan/database-context';
import { objectLabels } from '../../../plan/names';
import { duplicates, entryPath } from '../../../../data';
import { Consequence, type Rule, source } from '../../../../rules';
import { ROLE_LABEL } from '../../../../kubernetes';
import { RESTART_CHECKSUM, SCOPE_LABEL } from '../../../../workloads';

/** Patroni finds the members by one, and writes the other. */
const MEMBER_LABELS: ReadonlySet<string> = new Set([SCOPE_LABEL, ROLE_LABEL]);

/** Given the containers that are reserved for this package. */
export const podTemplateInvalid = (taken: ReadonlyArray<string>): Rule<DatabaseContext> => ({
  id: 'pod-template-invalid',
  code: 'PGTLS-P30',
  title: 'pod template with duplicate or reserved names, paths or labels, or a short grace period',
  consequence: Consequence.NEVER_READY,
  sources: [source('docs/postgres.md, Properties')],
  check: ({ props: { podTemplate = {} }, plan }, report) => {
    const { labels = {}, annotations = {}, volumeMounts = [], terminationGracePeriod } = podTemplate;
    const volumes = named('podTemplate.volumes', plan.pod?.volumes);
    const containers = [...named('podTemplate.containers', podTemplate.containers), ...named('podTemplate.initContainers', podTemplate.initContainers)];
    for (const { name, field } of volumes) {
      if (plan.volumes.some((own) => own.name === name)) { report(field, `podTemplate: volume '${name}' is reserved for this package`); }
    }
    for (const { name, field } of containers) {
      if (plan.reservedContainers.includes(name)) { report(field, `podTemplate: container '${name}' is reserved for this package`); }
    }
    volumeMounts.forEach(({ mountPath }, index) => {
      if (plan.volumes.some((own) => meetPaths(mountPath, own.mountPath))) {
        report(`podTemplate.volumeMounts[${index}].mountPath`, `podTemplate: mount path '${mountPath}' overlaps a mount path of this package`);
      }
    });
    for (const label of Object.keys(labels)) {
      if (Object.hasOwn(objectLabels(plan.name), label) || MEMBER_LABELS.has(label)) { report(entryPath('podTemplate.labels', label), `podTemplate: label '${label}' is reserved for this package`); }
    }
    if (annotations[RESTART_CHECKSUM] !== undefined) {
      report(entryPath('podTemplate.annotations', RESTART_CHECKSUM), `podTemplate: annotation '${RESTART_CHECKSUM}' is reserved for this package`);
    }
    for (const { name, field } of lastOfDuplicates(containers)) { report(field, `podTemplate: container '${name}' is given twice`); }
    for (const { name, field } of lastOfDuplicates(volumes)) { report(field, `podTemplate: volume '${name}' is given twice`); }
    if (terminationGracePeriod !== undefined && terminationGracePeriod.toSeconds({ integral: false }) < 30) {
      report('podTemplate.terminationGracePeriod',
        `podTemplate: terminationGracePeriod ${terminationGracePeriod.toHumanString()} is too short for the checkpoint of a fast shutdown, 30 seconds at least`);
    }
  },
  fix: `choose another value; reserved are the containers ${taken.join(', ')}, their volumes and mount paths`,
});

/** A name and its property. */
interface GivenName {
  readonly name: string;
  readonly field: string;
}

function named(list: string, items: ReadonlyArray<{ readonly name: string }> = []): GivenName[] {
  return items.map(({ name }, index) => ({ name, field: `${list}[${index}].name` }));
}

function lastOfDuplicates(given: ReadonlyArray<GivenName>): GivenName[] {
  return duplicates(given.map(({ name }) => name)).map((name) => given.filter((one) => one.name === name).at(-1)!);
}
