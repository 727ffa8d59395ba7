import { mappings, text } from '../../data';
import { type CertificateNode, isDotted, isObjectIdentifier, parseLiteralSubject } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, certManagerFile, goFile } from '../engine/sources';

export const valueNotEncodable: Rule<CertificateNode> = {
  id: 'value-not-encodable',
  code: 'PGTLS-B21',
  title: 'object identifier or value that a certificate cannot encode',
  consequence: Consequence.NEVER_READY,
  sources: [
    goFile('encoding/asn1/marshal.go'),
    certManagerFile('pkg/util/pki/match.go', 'the CSR is decoded and compared'),
    { ...CERTIFICATE_WEBHOOK, text: `${CERTIFICATE_WEBHOOK.text}: only the syntax is checked` },
  ],
  check: ({ spec }, report) => {
    const { unencodable } = parseLiteralSubject(text(spec['literalSubject']));
    if (unencodable !== undefined) { report('spec.literalSubject', `literalSubject '${text(spec['literalSubject'])}' ${unencodable}`); }
    mappings(spec['otherNames']).forEach(({ oid }, index) => {
      const name = text(oid);
      if (isDotted(name) && !isObjectIdentifier(name)) { report(`spec.otherNames[${index}].oid`, `otherNames oid '${name}' cannot be encoded as an object identifier`); }
    });
  },
  fix: 'use object identifiers of at least two numbers below 2147483648 without leading zeros, and values in UTF-8',
};
