import { SecretValue } from 'cdk8s-plus-27';
import { AzureDnsOptions } from './dns01-azure-dns';
import { CloudflareCredentials } from './dns01-cloudflare';
import { AcmeDnsOptions, AkamaiOptions, CloudDnsOptions, Dns01WebhookOptions } from './dns01-options';
import { Rfc2136Options } from './dns01-rfc2136';
import { Route53Credentials, Route53Options } from './dns01-route53';
import { checkArguments, requireText, url } from '../../checks';
import { nameserverError } from '../../formats';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecAcmeSolversDns01 } from '../../../imports/cert-manager.io';

/** The DNS provider that writes the TXT record of a DNS01 challenge. */
export class Dns01Provider {
  /** An acme-dns server. */
  public static acmeDns(options: AcmeDnsOptions): Dns01Provider {
    checkArguments('Dns01Provider.acmeDns', options);
    return new Dns01Provider({
      acmeDns: { host: url('dns01 acmeDns', 'host', options.host), accountSecretRef: secretSelector(options.account) },
    });
  }

  /** Akamai Edge DNS. */
  public static akamai(options: AkamaiOptions): Dns01Provider {
    checkArguments('Dns01Provider.akamai', options);
    return new Dns01Provider({
      akamai: {
        serviceConsumerDomain: requireText('dns01 akamai', 'serviceConsumerDomain', options.serviceConsumerDomain),
        clientTokenSecretRef: secretSelector(options.clientToken),
        clientSecretSecretRef: secretSelector(options.clientSecret),
        accessTokenSecretRef: secretSelector(options.accessToken),
      },
    });
  }

  /** Azure DNS. */
  public static azureDns(options: AzureDnsOptions): Dns01Provider {
    checkArguments('Dns01Provider.azureDns', options);
    const { hostedZoneName, environment, zoneType, credentials } = options;
    return new Dns01Provider({
      azureDns: {
        subscriptionId: requireText('dns01 azureDns', 'subscriptionId', options.subscriptionId),
        resourceGroupName: requireText('dns01 azureDns', 'resourceGroupName', options.resourceGroupName),
        hostedZoneName,
        environment,
        zoneType,
        ...credentials?._toSpec(),
      },
    });
  }

  /** Google Cloud DNS. */
  public static cloudDns(options: CloudDnsOptions): Dns01Provider {
    checkArguments('Dns01Provider.cloudDns', options);
    const { serviceAccountKey } = options;
    return new Dns01Provider({
      cloudDns: {
        project: requireText('dns01 cloudDns', 'project', options.project),
        hostedZoneName: options.hostedZoneName,
        serviceAccountSecretRef: serviceAccountKey && secretSelector(serviceAccountKey),
      },
    });
  }

  /** Cloudflare. */
  public static cloudflare(credentials: CloudflareCredentials): Dns01Provider {
    checkArguments('Dns01Provider.cloudflare', credentials);
    return new Dns01Provider({ cloudflare: credentials._toSpec() });
  }

  /**
   * DigitalOcean.
   *
   * @param token the Secret key that holds an API token
   */
  public static digitalOcean(token: SecretValue): Dns01Provider {
    checkArguments('Dns01Provider.digitalOcean', token);
    return new Dns01Provider({ digitalocean: { tokenSecretRef: secretSelector(token) } });
  }

  /**
   * Any DNS server that accepts dynamic updates (RFC 2136).
   *
   * @throws if the nameserver is invalid
   */
  public static rfc2136(options: Rfc2136Options): Dns01Provider {
    checkArguments('Dns01Provider.rfc2136', options);
    const fault = nameserverError(options.nameserver);
    if (fault !== undefined) {
      throw new Error(`dns01 rfc2136: nameserver ${fault}, got '${options.nameserver}'; give host or host:port (IPv6 addresses in brackets)`);
    }
    const { tsig } = options;
    return new Dns01Provider({
      rfc2136: {
        nameserver: options.nameserver,
        protocol: options.protocol,
        tsigKeyName: tsig && requireText('dns01 rfc2136', 'tsig keyName', tsig.keyName),
        tsigSecretSecretRef: tsig && secretSelector(tsig.secret),
        tsigAlgorithm: tsig && (tsig.algorithm ?? 'HMACSHA256'),
      },
    });
  }

  /** Amazon Route 53. */
  public static route53(options: Route53Options = {}): Dns01Provider {
    checkArguments('Dns01Provider.route53', options);
    const { region, hostedZoneId, credentials = Route53Credentials.ambient() } = options;
    return new Dns01Provider({ route53: { region, hostedZoneId, ...credentials._toSpec() } });
  }

  /** A DNS01 webhook that is installed in the cluster. */
  public static webhook(options: Dns01WebhookOptions): Dns01Provider {
    checkArguments('Dns01Provider.webhook', options);
    return new Dns01Provider({
      webhook: {
        groupName: requireText('dns01 webhook', 'groupName', options.groupName),
        solverName: requireText('dns01 webhook', 'solverName', options.solverName),
        config: options.config,
      },
    });
  }

  private readonly spec: IssuerSpecAcmeSolversDns01;

  // The generated enums and ours have the same values; TypeScript distinguishes enums by name.
  private constructor(spec: object) {
    this.spec = spec as IssuerSpecAcmeSolversDns01;
  }

  /** @internal */
  public _toSpec(): IssuerSpecAcmeSolversDns01 {
    return this.spec;
  }
}
