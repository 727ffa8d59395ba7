import { App, Chart } from 'cdk8s';
import { stringify } from 'yaml';
import { ChangeConsent, CommittedManifests, Finding, Validation } from '../../src';
import { findingsIn } from './findings';

/** What one synthesis declares; the charts it makes are its own. */
export type Program = (app: App) => unknown;

/** The findings about a change from the output of the first program to that of the second one. */
export function changed(before: Program, after: Program, consents: ChangeConsent[] = []): Finding[] {
  const appliedApp = new App();
  before(appliedApp);
  const app = new App();
  Validation.of(app).configure({ committed: CommittedManifests.fromTexts({ 'dist/app.yaml': appliedApp.synthYaml() as string }), consents });
  after(app);
  return Validation.of(app).findings();
}

/** `error PGTLS-S03`, for each finding. */
export function severityAndCode(findings: Finding[]): string[] {
  return findings.map(({ severity, rule: { code } }) => `${severity} ${code}`);
}

/** The findings about a change from the first manifests to the second ones. */
export function changedManifests(before: readonly object[], after: readonly object[], consents: ChangeConsent[] = []): Finding[] {
  const yaml = before.map((manifest) => stringify(manifest)).join('---\n');
  return findingsIn(after, { committed: CommittedManifests.fromTexts({ 'dist/app.yaml': yaml }), consents });
}

/** A chart of a namespace, with the namespace in its id. */
export function chartOf(app: App, namespace: string): Chart {
  return new Chart(app, `chart-${namespace}`, { namespace });
}
