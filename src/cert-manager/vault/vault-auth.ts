import { IServiceAccount, SecretValue } from 'cdk8s-plus-27';
import { vaultMount } from './vault-path';
import { checkArguments, requireText } from '../../checks';
import { ICertificate } from '../certificate-ref';
import { secretSelector, serviceAccountSelector } from '../secret-selector';
import type { IssuerSpecVaultAuth } from '../../../imports/cert-manager.io';

/** A login by AppRole. */
export interface VaultAppRoleOptions {
  /** Id of the role. */
  readonly roleId: string;
  /** The Secret key that holds the role's secret id. */
  readonly secretId: SecretValue;
  /**
   * Mount of the login method, below `/v1/auth/`.
   *
   * @default approle
   */
  readonly path?: string;
}

/** A login by a client certificate. */
export interface VaultClientCertificateOptions {
  /**
   * The certificate to show.
   *
   * @default - the client certificate that the issuer shows to Vault anyway
   */
  readonly certificate?: ICertificate;
  /**
   * The role of the login method to log in to.
   *
   * @default - every role that the certificate fits
   */
  readonly role?: string;
  /**
   * Full path of the login method.
   *
   * @default /v1/auth/cert
   */
  readonly mountPath?: string;
}

/** A login by a token of a ServiceAccount that cert-manager asks Kubernetes for. */
export interface VaultServiceAccountOptions {
  /** Role of the login method. */
  readonly role: string;
  /**
   * The ServiceAccount, in the namespace of the issuer. cert-manager needs permission to create tokens for it.
   */
  readonly serviceAccount: IServiceAccount;
  /**
   * Audiences of the token beside the two that cert-manager always asks for: the issuer's own and the URL of Vault.
   *
   * @default - none
   */
  readonly audiences?: string[];
  /**
   * Full path of the login method.
   *
   * @default /v1/auth/kubernetes
   */
  readonly mountPath?: string;
}

/** A login by a token of a ServiceAccount that lies in a Secret. */
export interface VaultServiceAccountTokenOptions {
  /** Role of the login method. */
  readonly role: string;
  /** The Secret key that holds the token. */
  readonly token: SecretValue;
  /**
   * Full path of the login method.
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
   * Audiences of the token.
   *
   * @default - sts.amazonaws.com
   */
  readonly audiences?: string[];
}

/** A login by an AWS identity. */
export interface VaultAwsOptions {
  /** Role of the login method. */
  readonly role: string;
  /**
   * The identity.
   *
   * @default - that of the cert-manager pod, where its `--issuer-ambient-credentials` or `--cluster-issuer-ambient-credentials` allow it
   */
  readonly webIdentity?: VaultAwsWebIdentity;
  /**
   * AWS region.
   *
   * @default - that of the cert-manager pod's environment, or us-east-1
   */
  readonly region?: string;
  /**
   * Full path of the login method.
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

/** How cert-manager logs in to Vault: exactly one way, since an issuer with several is never ready. */
export class VaultAuth {
  /** By a Vault token that lies in a Secret; nobody renews it. */
  public static token(token: SecretValue): VaultAuth {
    checkArguments('VaultAuth.token', token);
    return new VaultAuth({ tokenSecretRef: secretSelector(token) });
  }

  /** By AppRole. */
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

  /** By a client certificate; Vault must be reached by https. */
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

  /** By a short-lived token of a ServiceAccount. */
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

  /** By a long-lived token of a ServiceAccount. Prefer `VaultAuth.kubernetes`. */
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

  /** By an AWS identity. */
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

/** cert-manager appends nothing but `login`: the path is that of the API, `/v1/auth/…`. Source: internal/vault/vault.go. */
function mountPath(owner: string, path: string | undefined): string | undefined {
  if (path === undefined) { return undefined; }
  if (!/^\/?v1\//.test(path)) {
    throw new Error(`${owner}: mountPath is not below /v1/, got '${path}'; give the whole path, for example '/v1/auth/${path.split('/').filter(Boolean).at(-1) ?? 'kubernetes'}'`);
  }
  return vaultMount(owner, 'mountPath', path);
}
