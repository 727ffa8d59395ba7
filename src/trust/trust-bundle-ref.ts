import { IConstruct } from 'constructs';
import { IIssuer } from '../cert-manager';

/** CA certificates under one name, whatever distributes them: a TrustBundle, a CaConfigMap, or an object that is defined elsewhere. */
export interface ITrustBundle extends IConstruct {
  /** Name of the ConfigMaps or Secrets that hold the certificates. */
  readonly bundleName: string;

  /** Key of the certificates in PEM. */
  readonly key: string;

  /** Whether Secrets hold them; otherwise ConfigMaps. */
  readonly isSecret: boolean;

  /**
   * The only namespace with the certificates.
   *
   * @default - every namespace to which the bundle is distributed
   */
  readonly bundleNamespace?: string;

  /**
   * The issuers whose certificates can be verified with it.
   *
   * @default - undefined if not all of them are known
   */
  readonly issuers?: IIssuer[];
}
