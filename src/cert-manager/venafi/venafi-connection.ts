import { ISecret, SecretValue } from 'cdk8s-plus-27';
import { checkArguments, requireText, url } from '../../checks';
import { CaBundle } from '../ca-bundle';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecVenafi } from '../../../imports/cert-manager.io';

/** Options of the self-hosted platform (formerly Trust Protection Platform). */
export interface VenafiTppOptions {
  /** URL of the API, for example `https://tpp.example.com/vedsdk`. */
  readonly url: string;
  /** A Secret with the key `access-token`, or with `username` and `password`. */
  readonly credentials: ISecret;
  /**
   * CA certificates that verify the certificate of the platform.
   *
   * @default - the CA certificates in the image of cert-manager
   */
  readonly caBundle?: CaBundle;
}

/** Options of the hosted service. */
export interface VenafiCloudOptions {
  /** The Secret key that holds the API token. */
  readonly apiToken: SecretValue;
  /**
   * URL of the service.
   *
   * @default - the public service
   */
  readonly url?: string;
}

/** Options of Next Generation Trust Services; cert-manager 1.21 and later. */
export interface VenafiNgtsOptions {
  /** ID of the tenant service group, without the prefix `tsg_id:`. */
  readonly tsgId: string;
  /** A Secret with the keys `client-id` and `client-secret`. */
  readonly credentials: ISecret;
  /**
   * URL of the service.
   *
   * @default - the public service
   */
  readonly url?: string;
  /**
   * URL of the token endpoint.
   *
   * @default - the public service
   */
  readonly tokenEndpoint?: string;
}

/** Connection to a CyberArk (Venafi) product: exactly one. */
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

  /** Options of the hosted service. */
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
