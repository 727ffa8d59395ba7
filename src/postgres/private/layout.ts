/** Where things are inside the pod: the one place that knows a path. */
export interface Layout {
  /** Mount point of the data volume, the parent of PGDATA. */
  readonly dataMount: string;
  readonly pgData: string;
  /** Mount point of the volume of the write-ahead log, where it has one. */
  readonly walMount: string;
  readonly walDirectory: string;
  readonly config: string;
  readonly serverCertificate: string;
  readonly clientAuthority: string;
  /** The authority of the server's certificate, for the exporter. */
  readonly serverAuthority: string;
  readonly exporterCertificate: string;
  /** The CA of who fetches metrics, where a certificate is asked for. */
  readonly scraperAuthority: string;
  readonly revocationList: string;
  readonly authSecret: string;
  readonly initScripts: string;
  readonly socket: string;
  readonly temporary: string;
  readonly sharedMemory: string;
  readonly readyFile: string;
  /** Why the ready file is not there. */
  readonly problemFile: string;
  /** There while the server gives no answer at all; where the server's container sees it too. */
  readonly hangFile: string;
  /** Directory of the password file, for the container that writes it. */
  readonly identity: string;
}

export const POSTGRES_PORT = 5432;

/**
 * The layout for a major version. The official image of 18 declares its volume one level higher than the older ones; mounting
 * anywhere else would leave an anonymous volume in between.
 */
export function layoutOf(major: number): Layout {
  const dataMount = major >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data';
  return {
    dataMount,
    // Never the root of the volume: its owner and a lost+found directory make initdb refuse it.
    pgData: major >= 18 ? `${dataMount}/${major}/docker` : `${dataMount}/pgdata`,
    walMount: '/var/lib/postgresql-wal',
    walDirectory: `/var/lib/postgresql-wal/${major}/pg_wal`,
    config: '/etc/postgresql',
    serverCertificate: '/tls/certs/server',
    clientAuthority: '/tls/certs/client',
    serverAuthority: '/tls/certs/server-authority',
    exporterCertificate: '/tls/certs/metrics-exporter',
    scraperAuthority: '/tls/certs/scraper-authority',
    revocationList: '/tls/crl',
    authSecret: '/etc/postgresql-auth',
    initScripts: '/etc/postgresql-init',
    socket: '/var/run/postgresql',
    temporary: '/tmp',
    sharedMemory: '/dev/shm',
    readyFile: '/tmp/reloader.ready',
    problemFile: '/tmp/reloader.problem',
    hangFile: '/var/run/postgresql/server.hangs',
    identity: '/identity',
  };
}
