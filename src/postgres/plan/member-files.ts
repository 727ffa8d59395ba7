/** Roles with which members log in to each other. */
export const STANDBY_ROLE = 'postgres_standby';
export const REWIND_ROLE = 'postgres_rewind';

/** Directories of the certificates with which members meet each other. */
export const MEMBER_FILES = {
  /** Of the REST API and of those who change something by it, with the CA that signs nothing else. */
  member: '/tls/certs/member',
  standby: '/tls/certs/standby',
  rewind: '/tls/certs/rewind',
  /** The CA certificates with which a replica verifies its leader. */
  serverCa: '/tls/certs/server-ca',
} as const;
