import { isFilled } from './is-filled';
import { mapping, text } from '../../data';
import { type CertificateNode, parseLiteralSubject } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, certManagerFile } from '../engine/sources';

const SUBJECT_PARTS = [
  'organizations', 'countries', 'organizationalUnits', 'localities', 'provinces', 'streetAddresses', 'postalCodes', 'serialNumber',
] as const;

export const literalSubjectInvalid: Rule<CertificateNode> = {
  id: 'literal-subject-invalid',
  code: 'PGTLS-B03',
  title: 'literalSubject combined with other subject fields, or not a distinguished name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, certManagerFile('pkg/util/pki/subject.go', 'parsed with ParseDN of go-ldap')],
  check: ({ spec }, report) => {
    const literal = text(spec['literalSubject']);
    if (literal === '') { return; }
    const others = SUBJECT_PARTS.filter((part) => isFilled(mapping(spec['subject'])[part]));
    const beside = isFilled(spec['commonName']) ? ['commonName', ...others] : others;
    if (beside.length > 0) { report('spec.literalSubject', `literalSubject '${literal}' is set together with ${beside.join(', ')}`); }
    const { fault } = parseLiteralSubject(literal);
    if (fault !== undefined) { report('spec.literalSubject', `literalSubject '${literal}' ${fault}`); }
  },
  fix: 'set either literalSubject (attribute types C, O, OU, CN, SERIALNUMBER, L, ST, STREET, DC, UID or dotted object identifiers) or commonName and subject',
};
