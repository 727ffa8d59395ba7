import { ISecret, SecretValue } from 'cdk8s-plus-27';
import { checkArguments, requireText, url } from '../../checks';
import { CaBundle } from '../ca-bundle';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecVenafi } from '../../../imports/cert-manager.io';

/** The self-hosted platform, once Trust Protection Platform. */
export interface VenafiTppOptions {
  /** URL of the API, for example `https://tpp.example.com/vedsdk`. */
  readonly url: string;
  /** A Secret with the key `access-token`, or with `username` and `password`. */
  readonly credentials: ISecret;
  /**
   * The authorities that the platform's own certificate must come from.
   *
   * @default - those that cert-manager's image trusts
   */
  readonly caBundle?: CaBundle;
}

/** The hosted service. */
export interface VenafiCloudOptions {
  /** The Secret key that holds the API token. */
  readonly apiToken: SecretValue;
  /**
   * URL of the service.
   *
   * @default - the public one
   */
  readonly url?: string;
}

/** Next Generation Trust Services; cert-manager 1.21 and later. */
export interface VenafiNgtsOptions {
  /** Id of the tenant service group, without the prefix `tsg_id:`. */
  readonly tsgId: string;
  /** A Secret with the keys `client-id` and `client-secret`. */
  readonly credentials: ISecret;
  /**
   * URL of the service.
   *
   * @default - the public one
   */
  readonly url?: string;
  /**
   * URL that hands out access tokens.
   *
   * @default - the public one
   */
  readonly tokenEndpoint?: string;
}

/** Which of the CyberArk (Venafi) products signs: exactly one. */
export class VenafiConnection {
  /** The self-hosted platform. */
  public static tpp(options: VenafiTppOptions): VenafiConnection {
    checkArguments('VenafiConnection.tpp', options);
    const { caBundle } = options;
    return new VenafiConnection({
      tpp: {
        url: url('venafi tpp', 'url', options.url),
        credentialsRef: { name: options.credentials.name },
        caBundle: caBundle?._base64,
        caBundleSecretRef: caBundle?._secret && secretSelector(caBundle._secret),
      },
    });
  }

  /** The hosted service. */
  public static cloud(options: VenafiCloudOptions): VenafiConnection {
    checkArguments('VenafiConnection.cloud', options);
    return new VenafiConnection({ cloud: { apiTokenSecretRef: secretSelector(options.apiToken), url: options.url } });
  }

  /** Next Generation Trust Services. */
  public static ngts(options: VenafiNgtsOptions): VenafiConnection {
    checkArguments('VenafiConnection.ngts', options);
    return new VenafiConnection({
      ngts: {
        tsgId: requireText('venafi ngts', 'tsgId', options.tsgId),
        credentialsRef: { name: options.credentials.name },
        url: options.url,
        tokenEndpoint: options.tokenEndpoint,
      },
    });
  }

  private constructor(private readonly spec: Omit<IssuerSpecVenafi, 'zone'>) {}

  /** @internal */
  public _toSpec(zone: string): IssuerSpecVenafi {
    return { zone, ...this.spec };
  }
}
