import { secretTemplateOf } from './secret-template';
import { entryPath, type Mapping, text } from '../../data';
import { annotationKeyError, labelKeyError, labelValueError } from '../../formats';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { CERTIFICATE_WEBHOOK, kubernetesPage } from '../engine/sources';

const INJECTION = 'cert-manager.io/allow-direct-injection';
const ANNOTATIONS = 'spec.secretTemplate.annotations';

/** Bytes of all annotations of an object, keys included. Source: Kubernetes, ValidateAnnotationsSize. */
const MAX_ANNOTATIONS = 262_144;

export const secretTemplateInvalid: Rule<CertificateNode> = {
  id: 'secret-template-invalid',
  code: 'PGTLS-A09',
  title: 'invalid label or annotation in secretTemplate',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [CERTIFICATE_WEBHOOK, kubernetesPage('concepts/overview/working-with-objects/labels/', 'Labels and Selectors')],
  check: ({ spec }, report) => {
    const { labels, annotations } = secretTemplateOf(spec);
    for (const name of Object.keys(annotations)) {
      if (name.startsWith('cert-manager.io/') && name !== INJECTION) {
        report(entryPath(ANNOTATIONS, name), `secretTemplate has the annotation ${name}, which is reserved for cert-manager`);
      }
      const fault = annotationKeyError(name);
      if (fault !== undefined) { report(entryPath(ANNOTATIONS, name), `secretTemplate annotation '${name}' ${fault}`); }
    }
    const size = bytesIn(annotations);
    if (size > MAX_ANNOTATIONS) { report(ANNOTATIONS, `secretTemplate has ${size} bytes of annotations, at most ${MAX_ANNOTATIONS} are allowed`); }
    for (const [name, value] of Object.entries(labels)) {
      const field = entryPath('spec.secretTemplate.labels', name);
      const fault = labelKeyError(name);
      if (fault !== undefined) { report(field, `secretTemplate label '${name}' ${fault}`); }
      const valueFault = typeof value === 'string' ? labelValueError(value) : undefined;
      if (valueFault !== undefined) { report(field, `secretTemplate label value '${text(value)}' ${valueFault}`); }
    }
  },
  fix: `use valid Kubernetes labels and annotations, and of the prefix cert-manager.io/ only ${INJECTION.split('/')[1]}`,
};

function bytesIn(annotations: Mapping): number {
  return Object.entries(annotations).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text(value)), 0);
}
