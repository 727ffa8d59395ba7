import type { DatabaseContext } from '../../../plan/database-context';
import { dnsLabelError } from '../../../../formats';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const recoveryContradictory: Rule<DatabaseContext> = {
  id: 'recovery-contradictory',
  code: 'PGTLS-P179',
  title: 'recovery beside another source of the data',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('continuous-archiving.html', 'Recovering Using a Continuous Archive Backup', 'the data directory is that of the backup')],
  check: ({ props: { recovery, init, storage }, plan }, report) => {
    if (recovery === undefined) { return; }
    const { database, namespace = plan.namespace, repository } = recovery._options;
    for (const [option, value] of Object.entries(init ?? {})) {
      if (value !== undefined) { report(`init.${option}`, `init.${option} has no effect: the data directory is restored, and initdb does not run`, 'remove it, or remove recovery'); }
    }
    for (const [property, options] of [['storage.dataSource', storage?._durableOptions], ['storage.wal.dataSource', storage?._durableOptions?.wal]] as const) {
      if (options?.dataSource !== undefined) { report(property, `${property} already has data, and a recovery needs an empty volume`, 'remove one of the two'); }
    }
    if (repository._volume !== undefined && namespace !== plan.namespace) {
      report('recovery.namespace', `the volume of the backup is in namespace '${namespace}', and pods of '${plan.namespace}' cannot mount it`, 'recover in the namespace of the other database, or use a bucket');
    }
    const namespaceFault = repository._s3 === undefined ? undefined : dnsLabelError(namespace);
    if (namespaceFault !== undefined) { report('recovery.namespace', `namespace '${namespace}' is not the name of a namespace: it ${namespaceFault}`, 'give the namespace of the other Postgres'); }
    // The claim of a volume has the name, which another rule checks.
    const fault = repository._volume === undefined ? dnsLabelError(database) : undefined;
    if (fault !== undefined) { report('recovery.database', `database '${database}' is not the name of a database: it ${fault}`, 'give the name of the other Postgres'); }
  },
  fix: 'remove what the recovery replaces',
};
