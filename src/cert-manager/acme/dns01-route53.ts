import { IServiceAccount, SecretValue } from 'cdk8s-plus-27';
import { checkArguments, requireText } from '../../checks';
import { secretSelector, serviceAccountSelector } from '../secret-selector';
import type { IssuerSpecAcmeSolversDns01Route53 } from '../../../imports/cert-manager.io';

/** Options of the ambient credentials of the cert-manager pod. */
export interface Route53AmbientOptions {
  /**
   * ARN of an IAM role to assume.
   *
   * @default - none
   */
  readonly role?: string;
}

/** An access key whose ID is in plain text. */
export interface Route53AccessKeyOptions {
  /** ID of the access key. */
  readonly accessKeyId: string;
  /** The Secret key that holds the secret access key. */
  readonly secretAccessKey: SecretValue;
  /**
   * ARN of an IAM role to assume.
   *
   * @default - none
   */
  readonly role?: string;
}

/** An access key whose ID is in a Secret. */
export interface Route53AccessKeySecretOptions {
  /** The Secret key that holds the ID of the access key. */
  readonly accessKeyId: SecretValue;
  /** The Secret key that holds the secret access key. */
  readonly secretAccessKey: SecretValue;
  /**
   * ARN of an IAM role to assume.
   *
   * @default - none
   */
  readonly role?: string;
}

/** An IAM role that a ServiceAccount may assume (IRSA). */
export interface Route53ServiceAccountOptions {
  /** The ServiceAccount, in the namespace of the issuer. */
  readonly serviceAccount: IServiceAccount;
  /** ARN of the IAM role. */
  readonly role: string;
  /**
   * Audiences of the ServiceAccount token.
   *
   * @default - sts.amazonaws.com
   */
  readonly audiences?: string[];
}

type CredentialFields = Pick<IssuerSpecAcmeSolversDns01Route53, 'accessKeyId' | 'accessKeyIdSecretRef' | 'secretAccessKeySecretRef' | 'auth' | 'role'>;

/** Credentials of cert-manager for Route 53. */
export class Route53Credentials {
  /** The identity of the cert-manager pod, if `--issuer-ambient-credentials` or `--cluster-issuer-ambient-credentials` allows it. */
  public static ambient(options: Route53AmbientOptions = {}): Route53Credentials {
    checkArguments('Route53Credentials.ambient', options);
    const { role } = options;
    return new Route53Credentials({ role });
  }

  /** An access key. */
  public static accessKey(options: Route53AccessKeyOptions): Route53Credentials {
    checkArguments('Route53Credentials.accessKey', options);
    const { accessKeyId, secretAccessKey, role } = options;
    return new Route53Credentials({
      accessKeyId: requireText('dns01 route53', 'accessKeyId', accessKeyId), secretAccessKeySecretRef: secretSelector(secretAccessKey), role,
    });
  }

  /** An access key whose ID is in a Secret. */
  public static accessKeySecret(options: Route53AccessKeySecretOptions): Route53Credentials {
    checkArguments('Route53Credentials.accessKeySecret', options);
    const { accessKeyId, secretAccessKey, role } = options;
    return new Route53Credentials({ accessKeyIdSecretRef: secretSelector(accessKeyId), secretAccessKeySecretRef: secretSelector(secretAccessKey), role });
  }

  /** A ServiceAccount that assumes an IAM role. */
  public static serviceAccount(options: Route53ServiceAccountOptions): Route53Credentials {
    checkArguments('Route53Credentials.serviceAccount', options);
    const { serviceAccount, role, audiences } = options;
    return new Route53Credentials({
      auth: { kubernetes: { serviceAccountRef: serviceAccountSelector(serviceAccount, audiences) } }, role: requireText('dns01 route53', 'role', role),
    });
  }

  private constructor(private readonly spec: CredentialFields) {}

  /** @internal */
  public _toSpec(): CredentialFields {
    return this.spec;
  }
}

/** Options of the DNS01 provider Amazon Route 53. */
export interface Route53Options {
  /**
   * AWS region.
   *
   * @default - from the environment of the cert-manager pod
   */
  readonly region?: string;
  /**
   * ID of the hosted zone.
   *
   * @default - looked up by domain, which requires the permission to list zones
   */
  readonly hostedZoneId?: string;
  /**
   * Credentials of cert-manager.
   *
   * @default Route53Credentials.ambient()
   */
  readonly credentials?: Route53Credentials;
}
