import { text } from '../../data';
import { isLetsEncrypt, type TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

export const acmeDurationWithLetsEncrypt: Rule<TypedIssuer> = {
  id: 'acme-duration-with-lets-encrypt',
  code: 'PGTLS-I46',
  title: "enableDurationFeature with Let's Encrypt",
  consequence: Consequence.NEVER_READY,
  sources: [
    source(
      "Let's Encrypt, Boulder divergences from ACME, 7.4: notAfter is not accepted",
      'https://github.com/letsencrypt/boulder/blob/2d8b79c908c83724fd59b50a3bee3996c8d53845/docs/acme-divergences.md',
    ),
    certManagerFile('pkg/apis/acme/v1/types_issuer.go', 'enableDurationFeature'),
  ],
  check: ({ source: acme }, report) => {
    const server = text(acme['server']);
    if (acme['enableDurationFeature'] === true && isLetsEncrypt(server)) {
      report('spec.acme.enableDurationFeature', `acme.enableDurationFeature is set for '${server}', which rejects orders with a lifetime`);
    }
  },
  fix: 'remove enableDurationFeature; the profile defines the lifetime',
};
