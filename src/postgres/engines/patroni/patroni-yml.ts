import { STORE_PARAMETERS } from '../../plan/store-parameters';
import type { DatabasePlan } from '../../plan/database-plan';
import { POSTGRES_PORT } from '../../plan/layout';
import { MEMBER_FILES, REWIND_ROLE, STANDBY_ROLE } from '../../plan/member-files';
import { patroniPlan, type PatroniPlan, REST_PORT } from '../../plan/patroni-plan';
import { SUPERUSER } from '../../plan/roles';
import { ROLE_LABEL } from '../../../kubernetes';
import { DATABASE_LABEL, SCOPE_LABEL } from '../../../workloads';
import { yamlLibrary } from '../../../formats';

/** Bytes of WAL that a replica may lack to be promoted: Patroni's default. */
const MAXIMUM_LAG = 1_048_576;

/** What Patroni writes on the pod of each role: always explicit, because the defaults have changed (patroni issue 2495). */
export const ROLES = { leader: 'primary', replicas: 'replica' } as const;

/**
 * The configuration of Patroni: what is the same in every pod. Names and addresses of the pod are in its environment. PostgreSQL reads its settings
 * and its access rules from the files beside it, as it does without Patroni.
 */
export function patroniYml(plan: DatabasePlan): string {
  const patroni = patroniPlan(plan)!;
  const rest = { certfile: `${MEMBER_FILES.member}/tls.crt`, keyfile: `${MEMBER_FILES.member}/tls.key` };
  return yamlLibrary().stringify({
    scope: patroni.scope,
    // Optional: the probes of kubelet have no certificate. What changes anything needs one.
    restapi: { listen: `*:${REST_PORT}`, ...rest, cafile: `${MEMBER_FILES.member}/ca.crt`, verify_client: 'optional' },
    ctl: { ...rest, cacert: `${MEMBER_FILES.member}/ca.crt` },
    kubernetes: {
      use_endpoints: false,
      labels: { [DATABASE_LABEL]: plan.name },
      scope_label: SCOPE_LABEL,
      role_label: ROLE_LABEL,
      leader_label_value: ROLES.leader,
      follower_label_value: ROLES.replicas,
      standby_leader_label_value: 'standby-leader',
    },
    bootstrap: { dcs: store(plan, patroni), initdb: initdb(plan) },
    postgresql: postgresql(plan),
    watchdog: { mode: 'off' },
  }, { lineWidth: 0 });
}

/** What the store has from the beginning. Patroni reads it once, when the database is created. */
function store(plan: DatabasePlan, { ttl, loopWait, retryTimeout, isSynchronous }: PatroniPlan): Record<string, unknown> {
  return {
    ttl,
    loop_wait: loopWait,
    retry_timeout: retryTimeout,
    maximum_lag_on_failover: MAXIMUM_LAG,
    failsafe_mode: true,
    synchronous_mode: isSynchronous,
    postgresql: {
      use_pg_rewind: true,
      use_slots: true,
      parameters: Object.fromEntries(plan.parameters.filter(([name]) => STORE_PARAMETERS.has(name.toLowerCase()))),
    },
  };
}

function postgresql({ layout, serverNames: _, ...plan }: DatabasePlan): Record<string, unknown> {
  const login = (username: string, directory: string) => ({
    username, sslmode: 'verify-full', sslcert: `${directory}/tls.crt`, sslkey: `${directory}/tls.key`, sslrootcert: `${MEMBER_FILES.serverCa}/ca.crt`,
  });
  return {
    listen: `*:${POSTGRES_PORT}`,
    data_dir: layout.pgData,
    custom_conf: `${layout.config}/postgresql.conf`,
    parameters: { hba_file: `${layout.config}/pg_hba.conf`, ident_file: `${layout.config}/pg_ident.conf`, unix_socket_directories: layout.socket },
    use_unix_socket: true,
    use_unix_socket_repl: true,
    pgpass: `${layout.temporary}/pgpass`,
    authentication: { superuser: { username: SUPERUSER }, replication: login(STANDBY_ROLE, MEMBER_FILES.standby), rewind: login(REWIND_ROLE, MEMBER_FILES.rewind) },
    // The default is a checkpoint that takes minutes, for which a new replica waits.
    basebackup: [{ checkpoint: 'fast' }],
    ...(plan.programs === undefined ? {} : { bin_dir: plan.programs }),
  };
}

/** Options of initdb in the syntax of Patroni, which adds the user itself. */
function initdb({ initdbOptions }: DatabasePlan): unknown[] {
  return initdbOptions.map((option) => option.replace(/^--/, '')).filter((option) => !option.startsWith('username='))
    .map((option) => {
      const end = option.indexOf('=');
      return end < 0 ? option : { [option.slice(0, end)]: option.slice(end + 1) };
    });
}
