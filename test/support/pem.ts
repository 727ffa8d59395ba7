import { createAuthority } from '../local';

/** The certificate of an authority that nobody knows. */
export async function certificatePem(name: string): Promise<string> {
  return (await createAuthority(name)).data['tls.crt']!;
}
