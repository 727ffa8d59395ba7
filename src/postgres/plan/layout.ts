/** Where the data, the configuration and the socket are inside the pod. A feature knows the paths of its own volumes. */
export interface Layout {
  /** Mount point of the data volume, the parent of PGDATA. */
  readonly dataMount: string;
  readonly pgData: string;
  /** Mount point of the volume of the write-ahead log, where it has one. */
  readonly walMount: string;
  readonly walDirectory: string;
  readonly config: string;
  readonly socket: string;
  readonly temporary: string;
  readonly sharedMemory: string;
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
    socket: '/var/run/postgresql',
    temporary: '/tmp',
    sharedMemory: '/dev/shm',
  };
}
