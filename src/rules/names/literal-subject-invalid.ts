import { mapping, text } from '../../data';
import { CertificateNode, parseLiteralSubject } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, source } from '../engine/sources';
import { isFilled } from './identity-shared';

const SUBJECT_PARTS = [
  'organizations', 'countries', 'organizationalUnits', 'localities', 'provinces', 'streetAddresses', 'postalCodes', 'serialNumber',
] as const;

export const literalSubjectInvalid: Rule<CertificateNode> = {
  id: 'literal-subject-invalid',
  code: 'PGTLS-B03',
  title: 'literalSubject combined with other subject fields, or not a distinguished name',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, source('pkg/util/pki/subject.go; go-ldap ParseDN')],
  check: ({ spec }) => {
    const literal = text(spec['literalSubject']);
    if (literal === '') { return []; }
    const beside = [...(isFilled(spec['commonName']) ? ['commonName'] : []), ...SUBJECT_PARTS.filter((part) => isFilled(mapping(spec['subject'])[part]))];
    const { fault } = parseLiteralSubject(literal);
    return [
      ...when(beside.length > 0, () => `literalSubject '${literal}' is set together with ${beside.join(', ')}`),
      ...when(fault !== undefined, () => `literalSubject '${literal}' ${fault}`),
    ];
  },
  fix: 'set either literalSubject (attribute types C, O, OU, CN, SERIALNUMBER, L, ST, STREET, DC, UID or dotted object identifiers) or commonName and subject',
};
