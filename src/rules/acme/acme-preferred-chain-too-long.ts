import { text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, rfc } from '../engine/sources';

export const acmePreferredChainTooLong: Rule<TypedIssuer> = {
  id: 'acme-preferred-chain-too-long',
  code: 'PGTLS-I42',
  title: 'preferredChain longer than 64 characters',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    certManagerFile('deploy/crds/cert-manager.io_issuers.yaml', 'maxLength 64'),
    rfc(5280, '', 'ub-common-name is 64'),
  ],
  check: ({ source }, report) => {
    const chain = text(source['preferredChain']);
    const { length } = [...chain];
    if (length > 64) { report('spec.acme.preferredChain', `acme.preferredChain '${chain}' is ${length} characters long, at most 64 are allowed`); }
  },
  fix: 'set the common name of the root CA, not its whole subject',
};
