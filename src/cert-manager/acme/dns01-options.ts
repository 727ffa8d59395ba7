import { SecretValue } from 'cdk8s-plus-27';

/** Options of the DNS01 provider acme-dns. */
export interface AcmeDnsOptions {
  /** URL of the server. */
  readonly host: string;
  /** The Secret key that holds the accounts as JSON, by domain. */
  readonly account: SecretValue;
}

/** Options of the DNS01 provider Akamai Edge DNS. */
export interface AkamaiOptions {
  /** Host name of the API. */
  readonly serviceConsumerDomain: string;
  /** The Secret key that holds the client token. */
  readonly clientToken: SecretValue;
  /** The Secret key that holds the client secret. */
  readonly clientSecret: SecretValue;
  /** The Secret key that holds the access token. */
  readonly accessToken: SecretValue;
}

/** Options of the DNS01 provider Google Cloud DNS. */
export interface CloudDnsOptions {
  /** Project of the zone. */
  readonly project: string;
  /**
   * Name of the managed zone.
   *
   * @default - looked up by domain
   */
  readonly hostedZoneName?: string;
  /**
   * The Secret key that holds the key of a service account, in JSON.
   *
   * @default - the identity of the cert-manager pod
   */
  readonly serviceAccountKey?: SecretValue;
}

/** Options of a DNS01 webhook, for any other provider. */
export interface Dns01WebhookOptions {
  /** API group that the webhook serves. */
  readonly groupName: string;
  /** Name of the solver in the webhook. */
  readonly solverName: string;
  /**
   * Configuration of the webhook. It is in plain text in the manifest: refer to Secrets instead of including secret values.
   *
   * @default - none
   */
  readonly config?: { readonly [field: string]: unknown };
}
