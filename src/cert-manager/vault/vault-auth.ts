import { IServiceAccount, SecretValue } from 'cdk8s-plus-27';
import { vaultMount } from './vault-path';
import { checkArguments, requireText } from '../../checks';
import { ICertificate } from '../issuer-ref';
import { secretSelector, serviceAccountSelector } from '../secret-selector';
import type { IssuerSpecVaultAuth } from '../../../imports/cert-manager.io';

/** Options of the AppRole auth method. */
export interface VaultAppRoleOptions {
  /** Role ID. */
  readonly roleId: string;
  /** The Secret key that holds the secret ID. */
  readonly secretId: SecretValue;
  /**
   * Mount path of the auth method, relative to `/v1/auth/`.
   *
   * @default approle
   */
  readonly path?: string;
}

/** Options of the TLS certificate auth method. */
export interface VaultClientCertificateOptions {
  /**
   * The client certificate.
   *
   * @default - `clientCertificate` of the issuer
   */
  readonly certificate?: ICertificate;
  /**
   * Name of the certificate role.
   *
   * @default - any role that matches the certificate
   */
  readonly role?: string;
  /**
   * Full mount path of the auth method.
   *
   * @default /v1/auth/cert
   */
  readonly mountPath?: string;
}

/** Options of the Kubernetes auth method with a token that cert-manager requests for a ServiceAccount. */
export interface VaultServiceAccountOptions {
  /** Vault role. */
  readonly role: string;
  /**
   * The ServiceAccount, in the namespace of the issuer. cert-manager requires the permission to create tokens for it.
   */
  readonly serviceAccount: IServiceAccount;
  /**
   * Additional audiences of the token. cert-manager always requests two: that of the issuer and the URL of Vault.
   *
   * @default - none
   */
  readonly audiences?: string[];
  /**
   * Full mount path of the auth method.
   *
   * @default /v1/auth/kubernetes
   */
  readonly mountPath?: string;
}

/** Options of the Kubernetes auth method with a long-lived ServiceAccount token in a Secret. */
export interface VaultServiceAccountTokenOptions {
  /** Vault role. */
  readonly role: string;
  /** The Secret key that holds the token. */
  readonly token: SecretValue;
  /**
   * Full mount path of the auth method.
   *
   * @default /v1/auth/kubernetes
   */
  readonly mountPath?: string;
}

/** An IAM role that a ServiceAccount may assume (IRSA). */
export interface VaultAwsWebIdentity {
  /** The ServiceAccount, in the namespace of the issuer. */
  readonly serviceAccount: IServiceAccount;
  /** ARN of the IAM role. */
  readonly iamRoleArn: string;
  /**
   * Audiences of the ServiceAccount token.
   *
   * @default - sts.amazonaws.com
   */
  readonly audiences?: string[];
}

/** Options of the AWS auth method. */
export interface VaultAwsOptions {
  /** Vault role. */
  readonly role: string;
  /**
   * The AWS identity.
   *
   * @default - the identity of the cert-manager pod, if `--issuer-ambient-credentials` or `--cluster-issuer-ambient-credentials` allows it
   */
  readonly webIdentity?: VaultAwsWebIdentity;
  /**
   * AWS region.
   *
   * @default - from the environment of the cert-manager pod, or us-east-1
   */
  readonly region?: string;
  /**
   * Full mount path of the auth method.
   *
   * @default /v1/auth/aws
   */
  readonly mountPath?: string;
  /**
   * Value of the `X-Vault-AWS-IAM-Server-ID` header.
   *
   * @default - none
   */
  readonly vaultHeaderValue?: string;
}

/**
 * Auth method of cert-manager for Vault: exactly one. An issuer with several methods never becomes Ready.
 *
 * @see https://cert-manager.io/docs/configuration/vault/
 */
export class VaultAuth {
  /** A Vault token in a Secret; it is not renewed. */
  public static token(token: SecretValue): VaultAuth {
    checkArguments('VaultAuth.token', token);
    return new VaultAuth({ tokenSecretRef: secretSelector(token) });
  }

  /** AppRole. */
  public static appRole(options: VaultAppRoleOptions): VaultAuth {
    checkArguments('VaultAuth.appRole', options);
    const path = options.path ?? 'approle';
    return new VaultAuth({
      appRole: {
        roleId: requireText('vault appRole', 'roleId', options.roleId),
        secretRef: secretSelector(options.secretId),
        path: vaultMount('vault appRole', 'path', path),
      },
    });
  }

  /** A TLS client certificate; the URL of Vault must be https. */
  public static clientCertificate(options: VaultClientCertificateOptions = {}): VaultAuth {
    checkArguments('VaultAuth.clientCertificate', options);
    return new VaultAuth({
      clientCertificate: {
        secretName: options.certificate?.secretName,
        name: options.role,
        mountPath: mountPath('vault clientCertificate', options.mountPath),
      },
    }, true);
  }

  /** Kubernetes: a short-lived token of a ServiceAccount. */
  public static kubernetes(options: VaultServiceAccountOptions): VaultAuth {
    checkArguments('VaultAuth.kubernetes', options);
    return new VaultAuth({
      kubernetes: {
        role: requireText('vault kubernetes', 'role', options.role),
        serviceAccountRef: serviceAccountSelector(options.serviceAccount, options.audiences),
        mountPath: mountPath('vault kubernetes', options.mountPath),
      },
    });
  }

  /** Kubernetes: a long-lived token of a ServiceAccount in a Secret. Prefer `VaultAuth.kubernetes`. */
  public static kubernetesToken(options: VaultServiceAccountTokenOptions): VaultAuth {
    checkArguments('VaultAuth.kubernetesToken', options);
    return new VaultAuth({
      kubernetes: {
        role: requireText('vault kubernetesToken', 'role', options.role),
        secretRef: secretSelector(options.token),
        mountPath: mountPath('vault kubernetesToken', options.mountPath),
      },
    });
  }

  /** AWS: an IAM identity. */
  public static aws(options: VaultAwsOptions): VaultAuth {
    checkArguments('VaultAuth.aws', options);
    const identity = options.webIdentity;
    return new VaultAuth({
      aws: {
        role: requireText('vault aws', 'role', options.role),
        serviceAccountRef: identity && serviceAccountSelector(identity.serviceAccount, identity.audiences),
        iamRoleArn: identity && requireText('vault aws', 'iamRoleArn', identity.iamRoleArn),
        region: options.region,
        mountPath: mountPath('vault aws', options.mountPath),
        vaultHeaderValue: options.vaultHeaderValue,
      },
    });
  }

  private constructor(
    private readonly spec: IssuerSpecVaultAuth,
    /** @internal */
    public readonly _needsHttps: boolean = false,
  ) {}

  /** @internal */
  public _toSpec(): IssuerSpecVaultAuth {
    return this.spec;
  }
}

/** cert-manager only appends `login`, so it must be the full API path `/v1/auth/…`. Source: internal/vault/vault.go. */
function mountPath(owner: string, path: string | undefined): string | undefined {
  if (path === undefined) { return undefined; }
  if (!/^\/?v1\//.test(path)) {
    throw new Error(`${owner}: mountPath is not below /v1/, got '${path}'; give the full path, for example '/v1/auth/${path.split('/').filter(Boolean).at(-1) ?? 'kubernetes'}'`);
  }
  return vaultMount(owner, 'mountPath', path);
}
