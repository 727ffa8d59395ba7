import { mapping, text } from '../../data';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

const SIGNATURES: Readonly<Record<string, ReadonlyArray<string>>> = {
  RSA: ['SHA256WithRSA', 'SHA384WithRSA', 'SHA512WithRSA'],
  ECDSA: ['ECDSAWithSHA256', 'ECDSAWithSHA384', 'ECDSAWithSHA512'],
  Ed25519: ['PureEd25519'],
};

const ALL_SIGNATURES = Object.values(SIGNATURES).flat();

export const signatureAlgorithmMismatch: Rule<CertificateNode> = {
  id: 'signature-algorithm-mismatch',
  code: 'PGTLS-C02',
  title: 'signatureAlgorithm does not match the private key algorithm',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec, keyAlgorithm }, report) => {
    const signature = text(spec['signatureAlgorithm']);
    const fitting = SIGNATURES[keyAlgorithm];
    if (!ALL_SIGNATURES.includes(signature) || fitting === undefined || fitting.includes(signature)) { return; }
    const isDefault = text(mapping(spec['privateKey'])['algorithm']) === '';
    report('spec.signatureAlgorithm', `signatureAlgorithm ${signature} does not match the private key algorithm ${keyAlgorithm}${isDefault ? ' (the default)' : ''}`);
  },
  fix: 'use a signature algorithm of the same family as the private key, or remove it',
};
