import { mappings, text } from '../../data';
import { CertificateNode, isDotted, isObjectIdentifier, parseLiteralSubject } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const valueNotEncodable: Rule<CertificateNode> = {
  id: 'value-not-encodable',
  code: 'PGTLS-B21',
  title: 'object identifier or value that a certificate cannot encode',
  consequence: Consequence.NEVER_READY,
  source: 'Go encoding/asn1, with which cert-manager encodes and compares CSRs (pkg/util/pki); the webhook checks only the syntax',
  check: ({ spec }) => {
    const { unencodable } = parseLiteralSubject(text(spec['literalSubject']));
    return [
      ...when(unencodable !== undefined, () => `literalSubject '${text(spec['literalSubject'])}' ${unencodable}`),
      ...mappings(spec['otherNames']).map(({ oid }) => text(oid)).filter((oid) => isDotted(oid) && !isObjectIdentifier(oid))
        .map((oid) => `otherNames oid '${oid}' cannot be encoded as an object identifier`),
    ];
  },
  fix: 'use object identifiers of at least two numbers below 2147483648 without leading zeros, and values in UTF-8',
};
