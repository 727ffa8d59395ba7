import { NotCheckedReason } from '../../src/reading';
import type { Report, ReportTool } from '../../src/report';
import { Consequence, type Finding, Severity } from '../../src/rules';

/** A finding with everything that a finding can have; the fields that a test is about replace its own. */
export function finding(fields: Partial<Finding> = {}): Finding {
  const problem = fields.problem ?? "duration '90d' is not a Go duration";
  const fix = fields.fix ?? 'use hours, minutes and seconds';
  return {
    rule: { id: 'duration-invalid', code: 'PGTLS-D01', title: 'invalid duration', consequence: Consequence.REJECTED_ON_APPLY, page: 'docs/rules/duration-invalid.md' },
    severity: Severity.ERROR,
    target: { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', namespace: 'shop', name: 'db' },
    location: { path: "apps/db.yaml: Certificate 'db' in namespace 'shop'", file: 'apps/db.yaml', line: 12, column: 3 },
    field: 'spec.duration',
    message: `${problem}; ${fix}`,
    ...fields,
    problem,
    fix,
  };
}

export function report(fields: Partial<Report> = {}): Report {
  return { findings: [], known: [], gone: [], warningsAsErrors: false, checked: { files: 1, manifests: 2, notChecked: [] }, ...fields };
}

/** One of each kind. */
export const MIXED = report({
  findings: [
    finding(),
    finding({ severity: Severity.WARNING, location: { path: 'x', file: 'apps/db.yaml', line: 3, column: 1 }, field: undefined }),
    finding({ severity: Severity.WARNING, acknowledged: 'only in tests' }),
    finding({ target: undefined, location: { path: 'acknowledgements' } }),
  ],
  known: [finding({ location: { path: 'y', file: 'apps/old.yaml', line: 1, column: 1 } })],
  gone: [{ fingerprint: 'f'.repeat(32), rule: 'key-size-unsupported', file: 'apps/gone.yaml', target: 'Certificate/shop/gone', field: 'spec.privateKey.size', count: 2 }],
  checked: {
    files: 5,
    manifests: 12,
    notChecked: [
      { file: 'chart/db.yaml', reason: NotCheckedReason.TEMPLATE, position: { file: 'chart/db.yaml', line: 2, column: 1 }, documents: 2, problem: 'Helm template: {{ .Values.name }}', fix: 'check the output of helm template', placeholders: ['{{ .Values.name }}'], isFinding: true },
      { file: 'kustomization.yaml', reason: NotCheckedReason.KUSTOMIZATION, documents: 1, problem: 'read by Kustomize', fix: '', isFinding: false },
    ],
  },
});

export const TOOL: ReportTool = {
  version: '1.2.3',
  pageText: (page) => `# ${page}\n\nText with **markup**.\n\nSource: [cert-manager](https://cert-manager.io/docs/usage/certificate/).\n`,
};
