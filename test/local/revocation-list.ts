import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { LocalSecret } from './manifests';

/** The list by which a CA revokes certificates, in PEM. */
export async function revocationList(ca: LocalSecret, serials: string[]): Promise<string> {
  const key = createPrivateKey(ca.data['tls.key']!).export({ format: 'der', type: 'pkcs8' });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const signingKey = await webcrypto.subtle.importKey('pkcs8', new Uint8Array(key), algorithm, false, ['sign']) as never;
  const list = await x509.X509CrlGenerator.create({
    issuer: new x509.X509Certificate(ca.data['tls.crt']!).subject,
    thisUpdate: new Date(Date.now() - 60_000),
    nextUpdate: new Date(Date.now() + 3_600_000),
    signingAlgorithm: algorithm,
    signingKey,
    entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: new Date(Date.now() - 60_000) })),
  }, webcrypto as never);
  // What OpenSSL reads has the longer label.
  return list.toString('pem').replaceAll(/(BEGIN|END) CRL/g, '$1 X509 CRL');
}
