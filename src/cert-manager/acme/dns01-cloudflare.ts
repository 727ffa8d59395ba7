import { SecretValue } from 'cdk8s-plus-27';
import { checkArguments, requireText } from '../../checks';
import { secretSelector } from '../secret-selector';
import type { IssuerSpecAcmeSolversDns01Cloudflare } from '../../../imports/cert-manager.io';

/** Credentials of cert-manager for Cloudflare. */
export class CloudflareCredentials {
  /** An API token, which can be limited to one zone. */
  public static apiToken(token: SecretValue): CloudflareCredentials {
    checkArguments('CloudflareCredentials.apiToken', token);
    return new CloudflareCredentials({ apiTokenSecretRef: secretSelector(token) });
  }

  /**
   * The global API key of an account. Prefer an API token.
   *
   * @param key the Secret key that holds the API key
   * @param email email address of the account
   */
  public static apiKey(key: SecretValue, email: string): CloudflareCredentials {
    checkArguments('CloudflareCredentials.apiKey', key, email);
    return new CloudflareCredentials({ apiKeySecretRef: secretSelector(key), email: requireText('dns01 cloudflare', 'email', email) });
  }

  private constructor(private readonly spec: IssuerSpecAcmeSolversDns01Cloudflare) {}

  /** @internal */
  public _toSpec(): IssuerSpecAcmeSolversDns01Cloudflare {
    return this.spec;
  }
}
