import { text, valueAt } from '../../data';
import { TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK, source } from '../engine/sources';

export const acmeKeyAlgorithmDeprecated: Rule<TypedIssuer> = {
  id: 'acme-key-algorithm-deprecated',
  code: 'PGTLS-I44',
  severity: Severity.WARNING,
  title: 'deprecated keyAlgorithm in externalAccountBinding',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [ISSUER_WEBHOOK, source('warns: deprecated, HS256 is always used')],
  check: ({ source }) => {
    const algorithm = text(valueAt(source, 'externalAccountBinding.keyAlgorithm'));
    return when(algorithm !== '', () => `acme.externalAccountBinding.keyAlgorithm '${algorithm}' has no effect`);
  },
  fix: 'remove the field',
};
