import { SecretValue } from 'cdk8s-plus-27';

/** An acme-dns server. */
export interface AcmeDnsOptions {
  /** URL of the server. */
  readonly host: string;
  /** The Secret key that holds the JSON of the accounts, by domain. */
  readonly account: SecretValue;
}

/** Akamai Edge DNS. */
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

/** Google Cloud DNS. */
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

/** A webhook for any other provider. */
export interface Dns01WebhookOptions {
  /** API group that the webhook serves. */
  readonly groupName: string;
  /** Name of the solver in the webhook. */
  readonly solverName: string;
  /**
   * What the webhook is told, in its own terms. It stands in the manifest for everybody to read: name Secrets, not their values.
   *
   * @default - nothing
   */
  readonly config?: { readonly [field: string]: unknown };
}
