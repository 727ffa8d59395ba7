import type { Construct } from 'constructs';
import type { CertificateMaker } from './client-host';
import { Certificate, certificateSecretKeys, type CertificateProps, type ICertificate, type IIssuer } from '../../cert-manager';

/** A Certificate that other namespaces may need, each once. */
export interface ForeignCertificate {
  readonly alias: string;
  readonly name: string;
  readonly secretName: string;
  readonly issuer: IIssuer;
  readonly labels: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
  readonly spec: Omit<CertificateProps, 'issuer' | 'metadata' | 'secretName'>;
}

/** The Certificates that one database has made in other namespaces. */
export class ForeignCertificates {
  private readonly made = new Map<string, ICertificate>();

  /** How the Certificate is made in a namespace, once for all pods there; undefined for the namespace of the database, which has its own. */
  public maker(otherNamespace: string | undefined, { alias, name, secretName, issuer, labels, annotations, spec }: ForeignCertificate): CertificateMaker {
    const place = `${otherNamespace ?? ''}/${alias}`;
    return {
      secretName: this.made.get(place)?.secretName ?? secretName,
      secretKeys: certificateSecretKeys({ ...spec, issuer }),
      algorithm: spec.privateKey?.algorithm,
      issuer,
      make: (scope: Construct) => {
        const certificate = this.made.get(place)
          ?? new Certificate(scope, name, { ...spec, issuer, secretName, metadata: { name, namespace: otherNamespace, labels: { ...labels }, annotations: annotations && { ...annotations } } });
        this.made.set(place, certificate);
        return certificate;
      },
    };
  }
}
