import { X509Certificate } from 'node:crypto';
import type { TrustTarget } from './trust-target';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { trustManagerFile } from '../engine/sources';

export const bundleSourceNotPem: Rule<TrustTarget> = {
  id: 'bundle-source-not-pem',
  code: 'PGTLS-E31',
  title: 'Bundle source is not a PEM certificate',
  consequence: Consequence.NEVER_READY,
  sources: [trustManagerFile('pkg/util/cert_pool.go')],
  check: ({ at: { kind }, trust }, report) => {
    for (const { field, pem } of trust.inline) {
      const fault = certificatesError(pem);
      if (fault !== undefined) { report(kind === 'ConfigMap' ? field : `spec.${field}`, `${field} ${fault}`); }
    }
  },
  fix: 'give PEM certificates only',
};

/** Why a text is not one or more PEM certificates. */
function certificatesError(pem: string): string | undefined {
  const blocks = pem.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
  if (blocks.length === 0) { return 'contains no PEM certificate'; }
  const other = blocks.map((block) => block.match(/^-----BEGIN ([^-]+)-----/)![1]!).find((type) => type !== 'CERTIFICATE');
  if (other !== undefined) { return `contains a ${other} block, but only CERTIFICATE blocks are allowed`; }
  return blocks.some((block) => !isCertificate(block)) ? 'contains a certificate that cannot be parsed' : undefined;
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
