import type { BackupPlan } from './resolve-backup';
import type { RecoveryPlan } from './resolve-recovery';
import { repositorySettings } from './resolve-repository';
import { script } from './scripts';
import type { DatabaseBasics } from '../../plan/database-basics';
import { POSTGRES_PORT } from '../../plan/layout';
import { type PgBackRestSetting, printPgBackRest } from '../../../postgresql';

/** The port of the backup server. */
export const BACKUP_PORT = 8432;

/** The role that pgBackRest logs in as, over the socket. */
export const BACKUP_ROLE = 'postgres_backup';

/** Directories in the pod of the database and in those of the Jobs. */
export const BACKUP_DIRECTORIES = {
  config: '/etc/pgbackrest', credentials: '/etc/pgbackrest-credentials', repositoryCa: '/tls/certs/backup-repository', clientCa: '/tls/certs/backup-clients',
  serverKey: '/tls/certs/server', jobKey: '/tls/certs/backup', serverCa: '/tls/certs/server-authority',
} as const;

/** Directories of a recovery, in the pod of the database. */
export const RECOVERY_DIRECTORIES = {
  config: '/etc/pgbackrest-recovery', credentials: '/etc/pgbackrest-recovery-credentials', repositoryCa: '/tls/certs/recovery-repository', volume: '/var/lib/pgbackrest-recovery',
} as const;

/** Where locks are; logs go to the output of the container. */
const PLACES: ReadonlyArray<PgBackRestSetting> = [['lock-path', '/tmp/pgbackrest'], ['log-level-file', 'off'], ['log-level-console', 'info'], ['log-level-stderr', 'off']];

/** The files of backups: for the archive command, for the backup server, and for the Jobs. */
export function backupFiles(plan: BackupPlan, { layout }: DatabaseBasics): Record<string, string> {
  const { config, repositoryCa, clientCa, serverKey, jobKey, serverCa } = BACKUP_DIRECTORIES;
  const { name, repository, fullBackups, differentialBackups } = plan;
  const repositoryAt = repositorySettings(repository, `${repositoryCa}/ca.crt`);
  const local = {
    name: repository.stanza,
    settings: [['pg1-path', layout.pgData], ['pg1-socket-path', layout.socket], ['pg1-port', POSTGRES_PORT], ['pg1-user', BACKUP_ROLE], ['pg1-database', 'postgres']] as const,
  };
  return {
    'pgbackrest.conf': printPgBackRest([...repositoryAt, ['compress-type', 'zst'], ...PLACES], local),
    // What the Jobs have the backup server do needs neither the repository nor its Secrets.
    'remote.conf': printPgBackRest(PLACES, local),
    'server.conf': printPgBackRest([
      ['tls-server-address', '*'], ['tls-server-port', BACKUP_PORT], ['tls-server-cert-file', `${serverKey}/tls.crt`], ['tls-server-key-file', `${serverKey}/tls.key`],
      // The one certificate that may read the data directory, and for this stanza alone.
      ['tls-server-ca-file', `${clientCa}/ca.crt`], ['tls-server-auth', `${name}=${repository.stanza}`], ...PLACES,
    ]),
    'job.conf': printPgBackRest([
      ...repositoryAt, ['repo1-retention-full', fullBackups], ...(differentialBackups === undefined ? [] : [['repo1-retention-diff', differentialBackups] as const]),
      ['compress-type', 'zst'], ['start-fast', true], ...PLACES,
    ], {
      name: repository.stanza,
      settings: [
        ['pg1-path', layout.pgData], ['pg1-host', plan.podHost], ['pg1-host-type', 'tls'], ['pg1-host-port', BACKUP_PORT], ['pg1-host-config', `${config}/remote.conf`],
        ['pg1-host-cert-file', `${jobKey}/tls.crt`], ['pg1-host-key-file', `${jobKey}/tls.key`], ['pg1-host-ca-file', `${serverCa}/ca.crt`],
      ],
    }),
    ...Object.fromEntries(['pgbackrest.sh', 'backup-server.sh', 'backup.sh'].map((file) => [file, script(file)])),
  };
}

/** The files of a recovery. */
export function recoveryFiles({ repository }: RecoveryPlan, { layout }: DatabaseBasics): Record<string, string> {
  const { repositoryCa, volume } = RECOVERY_DIRECTORIES;
  return {
    'recovery.conf': printPgBackRest([
      ...repositorySettings(repository.claimName === undefined ? repository : { ...repository, path: volume }, `${repositoryCa}/ca.crt`), ...PLACES,
    ], { name: repository.stanza, settings: [['pg1-path', layout.pgData]] }),
    ...Object.fromEntries(['pgbackrest.sh', 'restore.sh'].map((file) => [file, script(file)])),
  };
}
