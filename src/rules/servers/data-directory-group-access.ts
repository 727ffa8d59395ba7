import { isPgdataGroupAccessible, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const dataDirectoryGroupAccess: Rule<PodContext> = {
  id: 'data-directory-group-access',
  code: 'PGTLS-T12',
  severity: Severity.WARNING,
  title: 'fsGroup makes PGDATA accessible to the group at every start',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL rejects a data directory with a mode other than 0700 or 0750; kubelet adds group permissions for the fsGroup',
  check: (context) => context.servers.filter((server) => isPgdataGroupAccessible(context, server))
    .map(({ container }) => `container '${container.name}' starts postgres directly in a pod with fsGroup, and kubelet makes PGDATA accessible to that group`),
  fix: 'set fsGroupChangePolicy OnRootMismatch, or run chmod 0700 on PGDATA before the start',
};
