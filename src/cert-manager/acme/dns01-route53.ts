import { IServiceAccount, SecretValue } from 'cdk8s-plus-27';
import { checkArguments, requireText } from '../../checks';
import { secretSelector, serviceAccountSelector } from '../secret-selector';
import type { IssuerSpecAcmeSolversDns01Route53 } from '../../../imports/cert-manager.io';

/** The identity of the cert-manager pod. */
export interface Route53AmbientOptions {
  /**
   * ARN of a role to assume.
   *
   * @default - none
   */
  readonly role?: string;
}

/** An access key whose id is no secret. */
export interface Route53AccessKeyOptions {
  /** Id of the access key. */
  readonly accessKeyId: string;
  /** The Secret key that holds the secret access key. */
  readonly secretAccessKey: SecretValue;
  /**
   * ARN of a role to assume.
   *
   * @default - none
   */
  readonly role?: string;
}

/** An access key whose id lies in a Secret too. */
export interface Route53AccessKeySecretOptions {
  /** The Secret key that holds the id of the access key. */
  readonly accessKeyId: SecretValue;
  /** The Secret key that holds the secret access key. */
  readonly secretAccessKey: SecretValue;
  /**
   * ARN of a role to assume.
   *
   * @default - none
   */
  readonly role?: string;
}

/** A role that a ServiceAccount may assume (IRSA). */
export interface Route53ServiceAccountOptions {
  /** The ServiceAccount, in the namespace of the issuer. */
  readonly serviceAccount: IServiceAccount;
  /** ARN of the role. */
  readonly role: string;
  /**
   * Audiences of the token.
   *
   * @default - sts.amazonaws.com
   */
  readonly audiences?: string[];
}

type CredentialFields = Pick<IssuerSpecAcmeSolversDns01Route53, 'accessKeyId' | 'accessKeyIdSecretRef' | 'secretAccessKeySecretRef' | 'auth' | 'role'>;

/** How cert-manager logs in to AWS. */
export class Route53Credentials {
  /** As its pod, where `--issuer-ambient-credentials` or `--cluster-issuer-ambient-credentials` allow it. */
  public static ambient(options: Route53AmbientOptions = {}): Route53Credentials {
    checkArguments('Route53Credentials.ambient', options);
    const { role } = options;
    return new Route53Credentials({ role });
  }

  /** By an access key. */
  public static accessKey(options: Route53AccessKeyOptions): Route53Credentials {
    checkArguments('Route53Credentials.accessKey', options);
    const { accessKeyId, secretAccessKey, role } = options;
    return new Route53Credentials({
      accessKeyId: requireText('dns01 route53', 'accessKeyId', accessKeyId), secretAccessKeySecretRef: secretSelector(secretAccessKey), role,
    });
  }

  /** By an access key whose id lies in a Secret too. */
  public static accessKeySecret(options: Route53AccessKeySecretOptions): Route53Credentials {
    checkArguments('Route53Credentials.accessKeySecret', options);
    const { accessKeyId, secretAccessKey, role } = options;
    return new Route53Credentials({ accessKeyIdSecretRef: secretSelector(accessKeyId), secretAccessKeySecretRef: secretSelector(secretAccessKey), role });
  }

  /** By a token of a ServiceAccount. */
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

/** Amazon Route 53. */
export interface Route53Options {
  /**
   * AWS region.
   *
   * @default - that of the cert-manager pod's environment
   */
  readonly region?: string;
  /**
   * Id of the hosted zone.
   *
   * @default - looked up by domain, which needs the permission to list zones
   */
  readonly hostedZoneId?: string;
  /**
   * How cert-manager logs in.
   *
   * @default Route53Credentials.ambient()
   */
  readonly credentials?: Route53Credentials;
}
