import { ICertificate, IIssuer } from '../../../cert-manager';

/** A Certificate whose renewal is monitored: of the database, or of a CA that issues its certificates. */
export interface WatchedCertificate {
  readonly name: string;
  readonly namespace: string;
  /** Milliseconds before expiry at which cert-manager renews it. */
  readonly renewBefore: number;
}

/** The CAs of this app behind the issuers, up to their roots: their certificates expire as well. */
export function watchedCas(issuers: ReadonlyArray<IIssuer>): WatchedCertificate[] {
  return [...new Set(issuers.flatMap(chain))].flatMap(({ certificateName: name, secretNamespace: namespace = '', renewBefore }) =>
    (name === undefined || renewBefore === undefined ? [] : [{ name, namespace, renewBefore: renewBefore.toMilliseconds() }]));
}

function chain(issuer: IIssuer | undefined): ICertificate[] {
  const certificate = issuer?.caCertificate;
  return certificate === undefined ? [] : [certificate, ...chain(certificate.issuer)];
}
