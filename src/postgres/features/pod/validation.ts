import type { DatabaseContext } from '../../plan/database-context';
import { meetPaths } from '../../plan/collisions';
import type { OwnNames } from '../../plan/feature';
import { objectLabels } from '../../plan/names';
import { duplicates } from '../../../data';
import { Consequence, Rule, Severity, when } from '../../../rules';
import { RESTART_CHECKSUM } from '../../../workloads';
import { k8s } from 'cdk8s-plus-27';

/** What is proven about what a platform puts around the database. */
export const podRules = ({ containers: taken }: OwnNames): ReadonlyArray<Rule<DatabaseContext>> => [
  {
    code: 'PGTLS-P30',
    title: 'a pod template that takes what belongs to this package',
    consequence: Consequence.NEVER_READY,
    source: 'README, Properties of Postgres',
    check: ({ props: { podTemplate = {} }, plan }) => {
      const volumes = plan.volumes.map(({ name }) => name);
      const paths = plan.volumes.map(({ mountPath }) => mountPath);
      const labels = Object.keys(objectLabels(plan.name));
      const extra = [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])];
      return [
        ...(podTemplate.volumes ?? []).filter(({ name }) => volumes.includes(name)).map(({ name }) => `podTemplate: volume '${name}' is this package's own`),
        ...extra.filter(({ name }) => plan.reservedContainers.includes(name)).map(({ name }) => `podTemplate: container '${name}' is this package's own`),
        ...(podTemplate.volumeMounts ?? []).filter(({ mountPath }) => paths.some((path) => meetPaths(mountPath, path)))
          .map(({ mountPath }) => `podTemplate: mount path '${mountPath}' meets one of this package's own`),
        ...Object.keys(podTemplate.labels ?? {}).filter((label) => labels.includes(label)).map((label) => `podTemplate: label '${label}' is this package's own`),
        ...when(podTemplate.annotations?.[RESTART_CHECKSUM] !== undefined, () => `podTemplate: annotation '${RESTART_CHECKSUM}' is this package's own`),
        ...duplicates(extra.map(({ name }) => name)).map((name) => `podTemplate: container '${name}' is given twice`),
        ...duplicates((podTemplate.volumes ?? []).map(({ name }) => name)).map((name) => `podTemplate: volume '${name}' is given twice`),
        ...when(podTemplate.terminationGracePeriod !== undefined && podTemplate.terminationGracePeriod.toSeconds({ integral: false }) < 30,
          () => `podTemplate: a grace period of ${podTemplate.terminationGracePeriod!.toHumanString()} leaves no time for the checkpoint of a fast shutdown`),
      ];
    },
    fix: `choose another; taken are the containers ${taken.join(', ')}, their volumes and where they are mounted`,
  },
  {
    code: 'PGTLS-P31',
    severity: Severity.WARNING,
    title: 'a container that is not restricted',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Pod Security Standards',
    check: ({ props: { podTemplate = {} } }) =>
      [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])]
        .filter(({ securityContext }) => securityContext !== undefined && !meetsRestricted(securityContext))
        .map(({ name }) => `podTemplate: container '${name}' does not meet the restricted Pod Security Standard`),
    fix: 'leave its securityContext out to have the database\'s, or acknowledge the warning',
  },
];

/** The parts of the restricted Pod Security Standard that a container decides; the pod's own context covers the rest. */
function meetsRestricted({ privileged, allowPrivilegeEscalation, runAsUser, capabilities }: k8s.SecurityContext): boolean {
  const { add = [], drop = [] } = capabilities ?? {};
  return privileged !== true && allowPrivilegeEscalation === false && runAsUser !== 0 && add.length === 0 && drop.includes('ALL');
}
