import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { CertificateSpec } from './manifests';

type PrivateKeySpec = NonNullable<CertificateSpec['privateKey']>;

const generate = promisify(generateKeyPair);
const CURVES: Readonly<Record<number, string>> = { 256: 'P-256', 384: 'P-384', 521: 'P-521' };

/** The defaults are cert-manager's: RSA 2048, ECDSA 256. */
export async function generatePrivateKey({ algorithm = 'RSA', size }: PrivateKeySpec = {}): Promise<KeyObject> {
  switch (algorithm) {
    case 'RSA':
      return (await generate('rsa', { modulusLength: size ?? 2048 })).privateKey;
    case 'ECDSA': {
      const namedCurve = CURVES[size ?? 256];
      if (namedCurve === undefined) { throw new Error(`unsupported ecdsa key size ${size}`); }
      return (await generate('ec', { namedCurve })).privateKey;
    }
    case 'Ed25519':
      return (await generate('ed25519')).privateKey;
    default:
      throw new Error(`unsupported private key algorithm '${algorithm}'`);
  }
}

/** `PKCS1` stands for "the traditional form of the algorithm": PKCS#1 for RSA, SEC 1 for ECDSA. Ed25519 has none, so it is always PKCS#8. */
export function encodePrivateKey(key: KeyObject, encoding = 'PKCS1'): string {
  const traditional = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs8';
  return key.export({ format: 'pem', type: encoding === 'PKCS1' ? traditional : 'pkcs8' }) as string;
}
