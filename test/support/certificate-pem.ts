import { createCa } from '../local';

/** The certificate of an unknown CA. */
export async function certificatePem(name: string): Promise<string> {
  return (await createCa(name)).data['tls.crt']!;
}
