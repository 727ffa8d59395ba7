import { IConfigMap, ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../checks';

/** A version of the TLS protocol. Older ones are broken, and OpenSSL 3 has them off. */
export enum TlsProtocolVersion {
  TLS_1_2 = 'TLSv1.2',
  TLS_1_3 = 'TLSv1.3',
}

/** A list of revoked client certificates, in PEM. It has to cover every authority of the chain, or no client gets in. */
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
    /** Name of the object that holds the list. */
    public readonly name: string,
    /** Key in it. */
    public readonly key: string,
  ) {}
}
