import { type Mapping, mapping, mappings, text } from '../../data';
import { parseGoDuration } from '../../formats';
import { labelSelectorFaults } from '../../kubernetes';
import type { PolicyView } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Report, Rule } from '../engine/rule';
import { approverPolicyFile } from '../engine/sources';

export const requestPolicyInvalid: Rule<PolicyView> = {
  id: 'request-policy-invalid',
  code: 'PGTLS-E37',
  title: 'CertificateRequestPolicy rejected by approver-policy',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    approverPolicyFile('pkg/internal/webhook/validator.go'),
    approverPolicyFile('pkg/internal/approver/allowed/validation.go'),
    approverPolicyFile('pkg/internal/approver/constraints/validation.go'),
  ],
  check: ({ spec }, report) => {
    checkSelector(mapping(spec['selector']), report);
    checkConstraints(mapping(spec['constraints']), report);
    for (const field of unsatisfiable(mapping(spec['allowed']))) {
      report(`spec.allowed.${field}`, `allowed.${field.replace('subject.', '')} is required, but no value is allowed`);
    }
  },
  fix: 'set selector.issuerRef or selector.namespace ({} selects all), and use bounds and values that a request can satisfy',
};

function checkSelector({ issuerRef, namespace }: Mapping, report: Report): void {
  if (issuerRef === undefined && namespace === undefined) { report('spec.selector', 'selector has neither issuerRef nor namespace'); }
  for (const { field, problem } of labelSelectorFaults(namespace)) { report(`spec.selector.namespace.${field}`, `selector.namespace ${problem}`); }
}

function checkConstraints({ minDuration, maxDuration, privateKey }: Mapping, report: Report): void {
  const [shortest, longest] = [parseGoDuration(minDuration), parseGoDuration(maxDuration)];
  if (shortest !== undefined && longest !== undefined && longest < shortest) {
    report('spec.constraints.maxDuration', `constraints.maxDuration ${text(maxDuration)} is less than minDuration ${text(minDuration)}`);
  }
  const { algorithm, minSize, maxSize } = mapping(privateKey);
  if (Number(maxSize) < Number(minSize)) {
    report('spec.constraints.privateKey.maxSize', `privateKey.maxSize ${text(maxSize)} is less than minSize ${text(minSize)}`);
  }
  for (const [field, size] of Object.entries({ minSize, maxSize })) {
    if (Number(size) < 0 || Number(size) > 8192) { report(`spec.constraints.privateKey.${field}`, `privateKey size ${text(size)} is not in the range 0 to 8192`); }
  }
  if (algorithm === 'Ed25519' && (minSize ?? maxSize) !== undefined) {
    const only = maxSize === undefined ? '.minSize' : '.maxSize';
    report(`spec.constraints.privateKey${minSize !== undefined && maxSize !== undefined ? '' : only}`,
      'privateKey has minSize or maxSize with the algorithm Ed25519, whose keys have a fixed size');
  }
}

/** The fields that a policy requires without allowing any value. */
function unsatisfiable(allowed: Mapping): string[] {
  const subject = Object.entries(mapping(allowed['subject'])).map(([name, field]) => [`subject.${name}`, field] as const);
  return [...Object.entries(allowed), ...subject].filter(([, field]) => {
    const { required, value, values, validations } = mapping(field);
    return required === true && value === undefined && values === undefined && mappings(validations).length === 0;
  }).map(([name]) => name);
}
