import * as api from '../../src';

/** Kinds of Kubernetes, and words of English, that classes of this package have as their names. */
const WORDS = new Set(['Bundle', 'Certificate', 'CertificateRequestPolicy', 'ClusterIssuer', 'Issuer', 'Severity']);

const NAMES = new RegExp(`\\b(?:${[...Object.keys(api).filter((name) => !WORDS.has(name)), 'Names', 'YamlOutputType', 'Chart', 'ApiObject', 'App', 'constructs?', '(?<=[(])app(?=[)])', 'scope'].join('|')})\\b`, 'g');

/** Constructs, classes of the public API and of cdk8s that a text names, each once. */
export function constructsIn(text: string): string[] {
  return [...new Set([...text.matchAll(NAMES)].map(([name]) => name))];
}
