import { createCa } from '../local';

/** The certificate of a CA that nobody knows. */
export async function certificatePem(name: string): Promise<string> {
  return (await createCa(name)).data['tls.crt']!;
}
