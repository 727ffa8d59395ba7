import { isGiven, type Mapping, mapping, mappings, text } from '../../data';
import { parseGoDuration } from '../../formats';
import { labelSelectorFaults } from '../../kubernetes';
import { hasPolicyField, type PolicyView } from '../../pki';
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
    checkAllowed(mapping(spec['allowed']), report);
  },
  fix: 'set selector.issuerRef or selector.namespace ({} selects all), and use bounds and values that a request can satisfy',
};

function checkSelector({ issuerRef, namespace }: Mapping, report: Report): void {
  if (issuerRef === undefined && namespace === undefined) { report('spec.selector', 'selector has neither issuerRef nor namespace'); }
  for (const { field, problem } of labelSelectorFaults(namespace)) { report(`spec.selector.namespace.${field}`, `selector.namespace ${problem}`); }
}

function checkConstraints({ minDuration, maxDuration, privateKey }: Mapping, report: Report): void {
  for (const [field, bound] of Object.entries({ minDuration, maxDuration })) {
    if ((parseGoDuration(bound) ?? 0) < 0) { report(`spec.constraints.${field}`, `constraints.${field} ${text(bound)} is negative`); }
  }
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

function checkAllowed(allowed: Mapping, report: Report): void {
  const subject = mapping(allowed['subject']);
  const fields = [...entriesOf('', allowed), ...entriesOf('subject.', subject)];
  const [otherNames, otherAttributes] = [itemsOf('otherNames', allowed['otherNames']), itemsOf('subject.otherAttributes', subject['otherAttributes'])];
  for (const [path, condition] of [...fields, ...otherNames, ...otherAttributes]) {
    const { required, value, values, validations } = condition;
    if (required === true && !isGiven(value) && !isGiven(values) && mappings(validations).length === 0) {
      report(`spec.allowed.${path}`, `allowed.${path} is required, but no value is allowed`);
    }
  }
  for (const [path, { oid }] of [...otherNames, ...otherAttributes]) {
    if (!isCanonicalOid(text(oid))) { report(`spec.allowed.${path}.oid`, `allowed.${path}.oid '${text(oid)}' is not an object identifier in its canonical form`); }
  }
  for (const [path, { oid }] of otherAttributes) {
    if (hasPolicyField(text(oid))) { report(`spec.allowed.${path}.oid`, `allowed.${path}.oid ${text(oid)} has a field of its own in a policy`); }
  }
}

function entriesOf(prefix: string, fields: Mapping): Array<readonly [string, Mapping]> {
  return Object.entries(fields).map(([name, condition]) => [`${prefix}${name}`, mapping(condition)]);
}

function itemsOf(path: string, items: unknown): Array<readonly [string, Mapping]> {
  return mappings(items).map((item, index) => [`${path}[${index}]`, item]);
}

/** Numbers without leading zeros, of the range of Go: approver-policy compares the texts. */
function isCanonicalOid(oid: string): boolean {
  return /^(0|[1-9]\d{0,17})(\.(0|[1-9]\d{0,17}))*$/.test(oid);
}
