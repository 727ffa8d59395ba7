import { SecretValue } from 'cdk8s-plus-27';
import { checkArguments, requireText } from '../../checks';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecAcmeSolversDns01AzureDns } from '../../../imports/cert-manager.io';

/** A cloud of Azure. */
export enum AzureEnvironment {
  PUBLIC = 'AzurePublicCloud',
  CHINA = 'AzureChinaCloud',
  GERMANY = 'AzureGermanCloud',
  US_GOVERNMENT = 'AzureUSGovernmentCloud',
}

/** A kind of zone in Azure DNS. */
export enum AzureZoneType {
  PUBLIC = 'AzurePublicZone',
  PRIVATE = 'AzurePrivateZone',
}

/** A service principal. */
export interface AzureServicePrincipal {
  /** Its client id. */
  readonly clientId: string;
  /** Its tenant. */
  readonly tenantId: string;
  /** The Secret key that holds its secret. */
  readonly clientSecret: SecretValue;
}

type CredentialFields = Pick<IssuerSpecAcmeSolversDns01AzureDns, 'clientId' | 'tenantId' | 'clientSecretSecretRef' | 'managedIdentity'>;

/** How cert-manager logs in to Azure. */
export class AzureDnsCredentials {
  /** As a service principal, by its secret. */
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
   * As a workload identity or managed identity, by its client id.
   *
   * @param clientId client id of the identity
   * @param tenantId tenant of the identity; the pod's own where there is none
   */
  public static managedIdentity(clientId: string, tenantId?: string): AzureDnsCredentials {
    checkArguments('AzureDnsCredentials.managedIdentity', clientId, tenantId);
    return new AzureDnsCredentials({ managedIdentity: { clientId: requireText('dns01 azureDns', 'managed identity clientId', clientId), tenantId } });
  }

  /**
   * As a managed identity, by its resource id.
   *
   * @param resourceId resource id of the identity
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

/** Azure DNS. */
export interface AzureDnsOptions {
  /** Subscription of the zone. */
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
   * The cloud.
   *
   * @default AzureEnvironment.PUBLIC
   */
  readonly environment?: AzureEnvironment;
  /**
   * The kind of zone; cert-manager 1.21 and later.
   *
   * @default AzureZoneType.PUBLIC
   */
  readonly zoneType?: AzureZoneType;
  /**
   * How cert-manager logs in.
   *
   * @default - as the identity of its pod
   */
  readonly credentials?: AzureDnsCredentials;
}
