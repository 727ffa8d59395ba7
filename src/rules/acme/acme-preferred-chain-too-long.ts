import { text } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const acmePreferredChainTooLong: Rule<TypedIssuer> = {
  id: 'acme-preferred-chain-too-long',
  code: 'PGTLS-I42',
  title: 'preferredChain longer than 64 characters',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager schema; X.520 upper bound of a common name',
  check: ({ source }) => {
    const chain = text(source['preferredChain']);
    return when([...chain].length > 64, () => `acme.preferredChain '${chain}' is ${[...chain].length} characters long, at most 64 are allowed`);
  },
  fix: 'set the common name of the root CA, not its whole subject',
};
