import { SslMode } from '../ssl-mode';

const REFUSES_PLAINTEXT: Readonly<Record<SslMode, boolean>> = {
  [SslMode.DISABLE]: false,
  [SslMode.ALLOW]: false,
  [SslMode.PREFER]: false,
  [SslMode.REQUIRE]: true,
  [SslMode.VERIFY_CA]: true,
  [SslMode.VERIFY_FULL]: true,
};

/** Whether the mode rejects plaintext connections. An unknown mode must not be treated as the weakest one. */
export function refusesPlaintext(mode: SslMode): boolean {
  const refuses = REFUSES_PLAINTEXT[mode];
  if (!Object.hasOwn(REFUSES_PLAINTEXT, mode)) { throw new Error(`sslMode '${mode}' does not exist; use one of ${Object.keys(REFUSES_PLAINTEXT).join(', ')}`); }
  return refuses;
}
