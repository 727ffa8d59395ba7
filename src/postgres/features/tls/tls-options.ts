import { IConfigMap, ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../../../checks';

/** A version of the TLS protocol. Older versions are insecure, and OpenSSL 3 disables them. */
export enum TlsProtocolVersion {
  /** TLS 1.2. */
  TLS_1_2 = 'TLSv1.2',
  /** TLS 1.3. */
  TLS_1_3 = 'TLSv1.3',
}

/** A CRL for client certificates, in PEM. It must have a list for every CA of the chain; otherwise the server rejects every client certificate. */
export class CertificateRevocationList {
  /** In a ConfigMap of the same namespace. */
  public static fromConfigMap(configMap: IConfigMap, key: string = 'ca.crl'): CertificateRevocationList {
    checkArguments('CertificateRevocationList.fromConfigMap', configMap, key);
    return new CertificateRevocationList('configMap', configMap.name, key);
  }

  /** In a Secret of the same namespace. */
  public static fromSecret(secret: ISecret, key: string = 'ca.crl'): CertificateRevocationList {
    checkArguments('CertificateRevocationList.fromSecret', secret, key);
    return new CertificateRevocationList('secret', secret.name, key);
  }

  private constructor(
    /** @internal */
    public readonly _source: 'configMap' | 'secret',
    /** Name of the ConfigMap or Secret. */
    public readonly name: string,
    /** Key in the ConfigMap or Secret. */
    public readonly key: string,
  ) {}
}
