import type { k8s } from 'cdk8s-plus-27';
import type { BackupRepository } from './backup-repository';
import type { BackupSecret } from './backup-secret';
import { tcp } from '../../plan/client-egress';
import { backupName } from '../../plan/names';
import { peersOf } from '../../plan/network-policy-peer';
import { caSource, READABLE_BY_GROUP, type VolumeSource } from '../../plan/volumes';
import type { PgBackRestSetting } from '../../../postgresql';

/** A repository with every default applied. */
export interface RepositoryPlan {
  /** The folder of the stanza in the repository, and the stanza: no other database may have both. */
  readonly path: string;
  readonly stanza: string;
  readonly s3?: S3Plan;
  /** The claim of a volume. */
  readonly claimName?: string;
  /** Variables of the environment of pgBackRest, whose values are in Secrets. */
  readonly secrets: ReadonlyArray<readonly [variable: string, secret: BackupSecret]>;
}

/** Where a bucket is. */
export interface S3Plan {
  readonly bucket: string;
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly pathStyle: boolean;
  readonly ca?: VolumeSource;
  readonly egress: k8s.NetworkPolicyEgressRule;
}

/** Applies defaults for the repository of a database. A rule reports an endpoint that is not one. */
export function resolveRepository({ _s3: s3, _volume: volume }: BackupRepository, database: string, namespace: string): RepositoryPlan {
  const encryptionKey = (s3 ?? volume)?.encryptionKey;
  const encrypted = encryptionKey === undefined ? [] : [['PGBACKREST_REPO1_CIPHER_PASS', encryptionKey] as const];
  if (s3 === undefined) { return { path: REPOSITORY_VOLUME, stanza: database, claimName: backupName(database), secrets: encrypted }; }
  const { hostname = '', port = '' } = endpointUrl(s3.endpoint) ?? {};
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const number = port === '' ? 443 : Number(port);
  return {
    path: s3.path ?? `/${namespace}/${database}`,
    stanza: database,
    s3: {
      bucket: s3.bucket, host, port: number, region: s3.region, pathStyle: s3.pathStyle ?? !isAmazon(host),
      ca: s3.ca && caSource(s3.ca, ''),
      egress: { ...(s3.peers && { to: s3.peers.flatMap(peersOf) }), ports: [tcp(number)] },
    },
    secrets: [['PGBACKREST_REPO1_S3_KEY', s3.credentials.accessKeyId], ['PGBACKREST_REPO1_S3_KEY_SECRET', s3.credentials.secretAccessKey], ...encrypted],
  };
}

/** The URL of an endpoint; undefined if it is not one. */
export function endpointUrl(endpoint: string): URL | undefined {
  return URL.canParse(endpoint) ? new URL(endpoint) : undefined;
}

export function isAmazon(host: string): boolean {
  return /(^|\.)amazonaws\.com(\.cn)?$/.test(host);
}

/** Where the volume of a repository is mounted. */
export const REPOSITORY_VOLUME = '/var/lib/pgbackrest';

/** What tells two repositories of databases apart. */
export function placeOf({ path, stanza, s3, claimName }: RepositoryPlan, namespace: string): string {
  return [s3 === undefined ? `volume claim ${namespace}/${claimName}` : `bucket ${s3.bucket} at ${s3.host}:${s3.port}`, `path ${path}`, `stanza ${stanza}`].join(', ');
}

/** The settings of pgBackRest for a repository. */
export function repositorySettings({ path, s3, secrets }: RepositoryPlan, caFile: string): PgBackRestSetting[] {
  return [
    ['repo1-path', path],
    ...(s3 === undefined ? [] : [
      ['repo1-type', 's3'], ['repo1-s3-bucket', s3.bucket], ['repo1-s3-endpoint', s3.host], ['repo1-storage-port', s3.port], ['repo1-s3-region', s3.region],
      ['repo1-s3-uri-style', s3.pathStyle ? 'path' : 'host'], ...(s3.ca ? [['repo1-storage-ca-file', caFile] as const] : []),
    ] as const),
    ...(secrets.some(([variable]) => variable.endsWith('CIPHER_PASS')) ? [['repo1-cipher-type', 'aes-256-cbc'] as const] : []),
  ];
}

/** The Secrets of a repository as one directory with a file for each variable; undefined where it has none. */
export function secretsSource({ secrets }: RepositoryPlan): VolumeSource | undefined {
  if (secrets.length === 0) { return undefined; }
  const sources = secrets.map(([variable, { secretName, key }]) => ({ secret: { name: secretName, items: [{ key, path: variable }] } }));
  return { projected: { defaultMode: READABLE_BY_GROUP, sources } };
}
