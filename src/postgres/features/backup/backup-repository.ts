import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { BackupSecret } from './backup-secret';
import { checkArguments } from '../../../checks';
import type { TrustSource } from '../../../trust';
import { INetworkPeer, NetworkPeer } from '../../network-peer';

/** The access key of an S3 repository. */
export interface S3Credentials {
  /** The access key id. */
  readonly accessKeyId: BackupSecret;
  /** The secret access key. */
  readonly secretAccessKey: BackupSecret;
}

/** Options of a repository in S3. */
export interface S3RepositoryOptions {
  /** Name of the bucket, which exists. */
  readonly bucket: string;

  /** The endpoint: `https://` and a host, with a port unless it is 443. pgBackRest has no S3 without TLS. */
  readonly endpoint: string;

  /** The region, such as `eu-central-1`; for a server that has none, any word. */
  readonly region: string;

  /** The access key. It may be renewed in its Secret at any time: each command of pgBackRest reads it. */
  readonly credentials: S3Credentials;

  /**
   * The CA certificates with which the endpoint is verified. Required unless the host of the endpoint is a public name.
   *
   * @default - the CA certificates of the image of the database
   */
  readonly ca?: TrustSource;

  /**
   * Folder of the database in the bucket: an absolute path. No two databases may have the same.
   *
   * @default - `/NAMESPACE/NAME` of the database
   */
  readonly path?: string;

  /**
   * Whether the bucket is in the path of a URL, and not in its host name.
   *
   * @default - false for hosts of amazonaws.com, otherwise true: MinIO and Ceph have no DNS name for each bucket by default
   */
  readonly pathStyle?: boolean;

  /**
   * What a restricted network lets the pods reach at the port of the endpoint.
   *
   * @default - every address: a NetworkPolicy has no host names
   */
  readonly peers?: Array<NetworkPeer | INetworkPeer>;

  /**
   * The passphrase with which pgBackRest encrypts the repository (AES-256). It cannot be changed later, and without it no backup can be read.
   *
   * @default - not encrypted by pgBackRest
   */
  readonly encryptionKey?: BackupSecret;
}

/** Options of a repository on a volume. */
export interface VolumeRepositoryOptions {
  /** Requested size. */
  readonly size: Size;

  /**
   * Name of the StorageClass.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * Access mode of the volume claim. The Jobs run on the node of the database, so that one node may mount it.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * The passphrase with which pgBackRest encrypts the repository (AES-256). It cannot be changed later, and without it no backup can be read.
   *
   * @default - not encrypted by pgBackRest
   */
  readonly encryptionKey?: BackupSecret;
}

/** Where backups and archived WAL are kept. */
export class BackupRepository {
  /** A bucket of an S3 server, over verified TLS. */
  public static s3(options: S3RepositoryOptions): BackupRepository {
    checkArguments('BackupRepository.s3', options);
    return new BackupRepository(options, undefined);
  }

  /** A volume of its own, claimed as `NAME-backup`: it protects from lost data and from mistakes, not from the loss of the storage. */
  public static volume(options: VolumeRepositoryOptions): BackupRepository {
    checkArguments('BackupRepository.volume', options);
    return new BackupRepository(undefined, options);
  }

  private constructor(
    /** @internal */
    public readonly _s3: S3RepositoryOptions | undefined,
    /** @internal */
    public readonly _volume: VolumeRepositoryOptions | undefined,
  ) {}
}
