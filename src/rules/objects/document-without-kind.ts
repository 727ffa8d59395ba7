import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { kubernetesPage } from '../engine/sources';

export const documentWithoutKind: Rule<ManifestTarget> = {
  id: 'document-without-kind',
  code: 'PGTLS-A18',
  severity: Severity.WARNING,
  title: 'document without a kind',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesPage('concepts/overview/working-with-objects/#required-fields', 'Objects: required fields')],
  check: ({ at: { kind, manifest } }, report) => {
    if (kind === '') { report('kind', `the document has no kind, only ${contentsOf(Object.keys(manifest))}; no rule checks its contents`); }
  },
  fix: 'exclude the file if it is not a manifest (Helm values, for example); otherwise set apiVersion and kind',
};

function contentsOf(fields: string[]): string {
  return fields.length === 0 ? 'no fields at all' : fields.slice(0, 5).join(', ') + (fields.length > 5 ? ', …' : '');
}
