import { Mapping, text } from '../../data';
import { annotationKeyError, labelKeyError, labelValueError } from '../../formats';
import { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, source } from '../engine/sources';
import { templateOf } from './reference-shared';

const INJECTION = 'cert-manager.io/allow-direct-injection';

/** Bytes of all annotations of an object, keys included. Source: Kubernetes, ValidateAnnotationsSize. */
const MAX_ANNOTATIONS = 262_144;

export const secretTemplateInvalid: Rule<CertificateNode> = {
  id: 'secret-template-invalid',
  code: 'PGTLS-A09',
  title: 'invalid label or annotation in secretTemplate',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, source('Kubernetes, Labels and Selectors')],
  check: ({ spec }) => {
    const { labels, annotations } = templateOf(spec);
    return [
      ...Object.keys(annotations).filter((name) => name.startsWith('cert-manager.io/') && name !== INJECTION)
        .map((name) => `secretTemplate has the annotation ${name}, which is reserved for cert-manager`),
      ...faultsOf(Object.keys(annotations), annotationKeyError, 'annotation'),
      ...when(bytesIn(annotations) > MAX_ANNOTATIONS,
        () => `secretTemplate has ${bytesIn(annotations)} bytes of annotations, at most ${MAX_ANNOTATIONS} are allowed`),
      ...faultsOf(Object.keys(labels), labelKeyError, 'label'),
      ...faultsOf(Object.values(labels).filter((value) => typeof value === 'string'), labelValueError, 'label value'),
    ];
  },
  fix: `use valid Kubernetes labels and annotations, and of the prefix cert-manager.io/ only ${INJECTION.split('/')[1]}`,
};

function bytesIn(annotations: Mapping): number {
  return Object.entries(annotations).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text(value)), 0);
}

function faultsOf(words: string[], faultOf: (word: string) => string | undefined, what: string): string[] {
  return words.flatMap((word) => {
    const fault = faultOf(word);
    return when(fault !== undefined, () => `secretTemplate ${what} '${text(word)}' ${fault}`);
  });
}
