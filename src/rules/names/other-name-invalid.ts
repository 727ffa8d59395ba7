import { mappings, text } from '../../data';
import { CertificateNode, isDotted } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { CERTIFICATE_WEBHOOK } from '../engine/sources';

export const otherNameInvalid: Rule<CertificateNode> = {
  id: 'other-name-invalid',
  code: 'PGTLS-B14',
  title: 'otherNames entry with an invalid object identifier, or without a value',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK],
  check: ({ spec }) =>
    mappings(spec['otherNames']).flatMap(({ oid, utf8Value }) => [
      ...when(!isDotted(text(oid)), () => `otherNames oid '${text(oid)}' is not an object identifier`),
      ...when(text(utf8Value) === '', () => `otherNames entry with oid '${text(oid)}' has no utf8Value`),
    ]),
  fix: 'set a dotted object identifier and a value',
};
