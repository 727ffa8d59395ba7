import { stringify } from 'yaml';
import { Finding, Findings, ManifestProofOptions } from '../../src';

/** What the proofs find in manifests that are applied together. */
export function findingsIn(manifests: readonly object[], options?: ManifestProofOptions): Finding[] {
  return Findings.ofYaml({ 'manifests.yaml': manifests.map((manifest) => stringify(manifest, { version: '1.1' })).join('---\n') }, options);
}

/** The codes of what the proofs find, each once. */
export function codesIn(manifests: readonly object[], options?: ManifestProofOptions): string[] {
  return [...new Set(findingsIn(manifests, options).map(({ code }) => code))];
}
