/** Public CAs by the host name of their ACME server; other servers may issue any name. */
const PUBLIC_CAS: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|\.)letsencrypt\.org$/, "Let's Encrypt"],
  [/^acme\.zerossl\.com$/, 'ZeroSSL'],
  [/^dv\.acme-v\d+\.(test-)?api\.pki\.goog$/, 'Google Trust Services'],
  [/^api(\.test4)?\.buypass\.(com|no)$/, 'Buypass'],
  [/^acme\.ssl\.com$/, 'SSL.com'],
  [/^acme\.sectigo\.com$/, 'Sectigo'],
  [/^acme-api\.actalis\.com$/, 'Actalis'],
];

/** The public CA behind an ACME server, if it is a known one. */
export function publicCa(server: string): string | undefined {
  const host = hostOf(server);
  return PUBLIC_CAS.find(([pattern]) => pattern.test(host))?.[1];
}

/** Names that issuers of these public CAs have in nearly every manifest; none of them sells private CAs of that name. */
const PUBLIC_NAMES: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|[-._])lets?-?encrypt([-._]|$)/i, "Let's Encrypt"],
  [/(^|[-._])zero-?ssl([-._]|$)/i, 'ZeroSSL'],
  [/(^|[-._])buypass([-._]|$)/i, 'Buypass'],
  [/(^|[-._])google-?trust-?services([-._]|$)/i, 'Google Trust Services'],
];

/** The public CA that an issuer is named after, if only its name is known. */
export function publicCaNamed(issuerName: string): string | undefined {
  return PUBLIC_NAMES.find(([pattern]) => pattern.test(issuerName))?.[1];
}

export function isLetsEncrypt(server: string): boolean {
  return publicCa(server) === "Let's Encrypt";
}

/** The host name of a URL, in lower case; empty if there is none. */
export function hostOf(server: string): string {
  return /^https?:\/\/([^/:\s]+)/i.exec(server)?.[1]?.toLowerCase() ?? '';
}
