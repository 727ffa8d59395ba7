import { SecretValue } from 'cdk8s-plus-27';
import { checkArguments, requireText } from '../../checks';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecAcmeSolversDns01AzureDns } from '../../../imports/cert-manager.io';

/** An Azure cloud. */
export enum AzureEnvironment {
  PUBLIC = 'AzurePublicCloud',
  CHINA = 'AzureChinaCloud',
  GERMANY = 'AzureGermanCloud',
  US_GOVERNMENT = 'AzureUSGovernmentCloud',
}

/** Type of a zone in Azure DNS. */
export enum AzureZoneType {
  PUBLIC = 'AzurePublicZone',
  PRIVATE = 'AzurePrivateZone',
}

/** An Azure service principal. */
export interface AzureServicePrincipal {
  /** Client ID. */
  readonly clientId: string;
  /** Tenant ID. */
  readonly tenantId: string;
  /** The Secret key that holds the client secret. */
  readonly clientSecret: SecretValue;
}

type CredentialFields = Pick<IssuerSpecAcmeSolversDns01AzureDns, 'clientId' | 'tenantId' | 'clientSecretSecretRef' | 'managedIdentity'>;

/** Credentials of cert-manager for Azure DNS. */
export class AzureDnsCredentials {
  /** A service principal with its client secret. */
  public static servicePrincipal(options: AzureServicePrincipal): AzureDnsCredentials {
    checkArguments('AzureDnsCredentials.servicePrincipal', options);
    const { clientId, tenantId, clientSecret } = options;
    return new AzureDnsCredentials({
      clientId: requireText('dns01 azureDns', 'clientId', clientId),
      tenantId: requireText('dns01 azureDns', 'tenantId', tenantId),
      clientSecretSecretRef: secretSelector(clientSecret),
    });
  }

  /**
   * A workload identity or managed identity, by its client ID.
   *
   * @param clientId client ID of the identity
   * @param tenantId tenant ID of the identity; default: the tenant of the pod
   */
  public static managedIdentity(clientId: string, tenantId?: string): AzureDnsCredentials {
    checkArguments('AzureDnsCredentials.managedIdentity', clientId, tenantId);
    return new AzureDnsCredentials({ managedIdentity: { clientId: requireText('dns01 azureDns', 'managed identity clientId', clientId), tenantId } });
  }

  /**
   * A managed identity, by its resource ID.
   *
   * @param resourceId resource ID of the identity
   */
  public static managedIdentityResource(resourceId: string): AzureDnsCredentials {
    checkArguments('AzureDnsCredentials.managedIdentityResource', resourceId);
    return new AzureDnsCredentials({ managedIdentity: { resourceId: requireText('dns01 azureDns', 'managed identity resourceId', resourceId) } });
  }

  private constructor(private readonly spec: CredentialFields) {}

  /** @internal */
  public _toSpec(): CredentialFields {
    return this.spec;
  }
}

/** Options of the DNS01 provider Azure DNS. */
export interface AzureDnsOptions {
  /** Subscription ID of the zone. */
  readonly subscriptionId: string;
  /** Resource group of the zone. */
  readonly resourceGroupName: string;
  /**
   * Name of the zone.
   *
   * @default - looked up by domain
   */
  readonly hostedZoneName?: string;
  /**
   * The Azure cloud.
   *
   * @default AzureEnvironment.PUBLIC
   */
  readonly environment?: AzureEnvironment;
  /**
   * The type of the zone; cert-manager 1.21 and later.
   *
   * @default AzureZoneType.PUBLIC
   */
  readonly zoneType?: AzureZoneType;
  /**
   * Credentials of cert-manager.
   *
   * @default - the identity of the cert-manager pod
   */
  readonly credentials?: AzureDnsCredentials;
}
