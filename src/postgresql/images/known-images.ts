import { ImageReference } from '../../formats';

/** Known properties of an image that differs from the Debian-based official image. */
export interface KnownImage {
  /** UID of its user `postgres`; undefined if it changes from release to release. */
  readonly uid?: number;
  /** GID of that user, if it differs from the UID. */
  readonly gid?: number;
  /** Whether `/etc/passwd` has a name for the UID. */
  readonly namesUser: boolean;
  /** Why the pod cannot run the image. */
  readonly unfit?: string;
}

interface Entry extends Partial<KnownImage> {
  readonly name: RegExp;
  readonly tag?: RegExp;
}

/** The first entry that fits decides. */
const KNOWN: ReadonlyArray<Entry> = [
  // bitnami/containers, bitnami/postgresql/*/Dockerfile: USER 1001; libpostgresql.sh names it at run time, with nss_wrapper.
  { name: /(?:^|\/)bitnami(?:legacy|secure)?\/postgresql/, uid: 1001, namesUser: false },
  // cloudnative-pg/postgres-containers, Dockerfile: usermod -u 26 postgres.
  { name: /(?:^|\/)cloudnative-pg\//, uid: 26 },
  // timescale/timescaledb-docker-ha, Dockerfile.
  { name: /(?:^|\/)timescale\/timescaledb-ha$/, uid: 1000 },
  // timescale/timescaledb-docker, Dockerfile: from the Alpine-based official image.
  { name: /(?:^|\/)timescale\/timescaledb$/, uid: 70 },
  // sclorg/postgresql-container, */Dockerfile.*: "This image must forever use UID 26".
  { name: /(?:^|\/)(?:sclorg|rhel\d+|rhscl|centos\d*|fedora)\/postgresql/, uid: 26 },
  // CrunchyData/crunchy-containers, build/postgres/Dockerfile: USER 26.
  { name: /(?:^|\/)crunchydata\//, uid: 26 },
  // percona/percona-docker, percona-distribution-postgresql-*/Dockerfile: USER 26.
  { name: /(?:^|\/)percona\/percona-(?:distribution-postgresql|postgresql-operator)/, uid: 26 },
  // zalando/postgres-operator, charts/postgres-operator/values.yaml: spilo_runasuser 101, spilo_runasgroup 103.
  { name: /(?:^|\/)spilo(?:-\d+)?$/, uid: 101, gid: 103 },
  // chainguard-images/images, images/postgres/config: UID 70 and busybox, in the slim variant neither.
  { name: /^cgr\.dev\/.*\/postgres(?:-fips)?$/, tag: /slim/, unfit: 'has no shell, which the programs of the pod require' },
  { name: /^cgr\.dev\/.*\/postgres(?:-fips)?$/, uid: 70 },
  { name: /^dhi\.io\//, uid: 70 },
  // supabase/postgres, Dockerfile-*: adduser --system takes the next free UID.
  { name: /(?:^|\/)supabase\/postgres$/, uid: undefined },
  // docker-library/postgres, Dockerfile-alpine.template: adduser -u 70.
  { name: /./, tag: /alpine/i, uid: 70 },
];

/** The known properties of an image; undefined for the official image and for unknown images. */
export function knownImage({ name, tag = '' }: ImageReference): KnownImage | undefined {
  const entry = KNOWN.find((candidate) => candidate.name.test(name) && (candidate.tag === undefined || candidate.tag.test(tag)));
  return entry && { uid: entry.uid, gid: entry.gid, namesUser: entry.namesUser ?? true, unfit: entry.unfit };
}
