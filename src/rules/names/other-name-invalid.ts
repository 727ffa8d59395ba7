import { mappings, text } from '../../data';
import { type CertificateNode, isDotted } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const otherNameInvalid: Rule<CertificateNode> = {
  id: 'other-name-invalid',
  code: 'PGTLS-B14',
  title: 'otherNames entry with an invalid object identifier, or without a value',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec }, report) => {
    mappings(spec['otherNames']).forEach(({ oid, utf8Value }, index) => {
      const path = `spec.otherNames[${index}]`;
      if (!isDotted(text(oid))) { report(`${path}.oid`, `otherNames oid '${text(oid)}' is not an object identifier`); }
      if (text(utf8Value) === '') { report(`${path}.utf8Value`, `otherNames entry with oid '${text(oid)}' has no utf8Value`); }
    });
  },
  fix: 'set a dotted object identifier and a value',
};
