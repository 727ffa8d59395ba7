import { stringify } from 'yaml';
import { CertManagerVersion, Finding, Manifests, ManifestValidationOptions } from '../../src';

/** The findings in manifests that are applied together. */
export function findingsIn(manifests: readonly object[], options?: ManifestValidationOptions): Finding[] {
  return Manifests.fromYaml({ 'manifests.yaml': manifests.map((manifest) => stringify(manifest, { version: '1.1' })).join('---\n') }).validate(options);
}

/** The codes of the findings, each once. */
export function codesIn(manifests: readonly object[], options?: ManifestValidationOptions): string[] {
  return [...new Set(findingsIn(manifests, options).map(({ rule: { code } }) => code))];
}

/** The codes of what is found, one a finding; for a cert-manager that knows every field unless the options name another. */
export function codesOf(manifests: readonly object[], options: ManifestValidationOptions = {}): string[] {
  return findingsIn(manifests, { certManagerVersion: CertManagerVersion.V1_21, ...options }).map(({ rule: { code } }) => code);
}

/** The messages of what is found, likewise. */
export function messagesOf(manifests: readonly object[], options: ManifestValidationOptions = {}): string[] {
  return findingsIn(manifests, { certManagerVersion: CertManagerVersion.V1_21, ...options }).map(({ message }) => message);
}

/** The fields that findings of one rule are about; undefined for a finding about no single field. */
export function fieldsOf(findings: readonly Finding[], id: string): Array<string | undefined> {
  return findings.filter(({ rule }) => rule.id === id).map(({ field }) => field);
}
