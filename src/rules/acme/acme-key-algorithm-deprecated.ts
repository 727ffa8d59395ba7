import { text, valueAt } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const acmeKeyAlgorithmDeprecated: Rule<TypedIssuer> = {
  id: 'acme-key-algorithm-deprecated',
  code: 'PGTLS-I44',
  severity: Severity.WARNING,
  title: 'deprecated keyAlgorithm in externalAccountBinding',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('internal/apis/certmanager/validation/warnings.go'),
    certManagerFile('pkg/apis/acme/v1/types_issuer.go', 'HS256 is always used'),
  ],
  check: ({ source }, report) => {
    const algorithm = text(valueAt(source, 'externalAccountBinding.keyAlgorithm'));
    if (algorithm !== '') {
      report('spec.acme.externalAccountBinding.keyAlgorithm', `acme.externalAccountBinding.keyAlgorithm '${algorithm}' has no effect`);
    }
  },
  fix: 'remove the field',
};
