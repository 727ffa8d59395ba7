import { type Example, ruleTexts } from '../../tools/rule-pages';
import { fieldsOf } from '../support/findings';
import { findingsOfExample } from '../support/rule-example';

/** The fields that the findings in the wrong example of a rule are about. */
const FIELDS: ReadonlyArray<readonly [string, string]> = [
  ['der-key-not-pkcs8', 'spec.privateKey.encoding'],
  ['ed25519-key-size', 'spec.privateKey.size'],
  ['key-size-unsupported', 'spec.privateKey.size'],
  ['keystore-password-in-plain-text', 'spec.keystores.jks.password'],
  ['keystore-password-ref-without-key', 'spec.keystores.jks.passwordSecretRef.key'],
  ['keystore-password-source', 'spec.keystores.jks'],
  ['keystore-rc2', 'spec.keystores.pkcs12.profile'],
  ['output-format-duplicate', 'spec.additionalOutputFormats[1].type'],
  ['rsa-key-too-large', 'spec.privateKey.size'],
  ['signature-algorithm-mismatch', 'spec.signatureAlgorithm'],
  ['certificate-without-name', 'spec'],
  ['common-name-too-long', 'spec.commonName'],
  ['dns-name-not-portable', 'spec.dnsNames[0]'],
  ['dns-name-unmatchable', 'spec.dnsNames[0]'],
  ['email-address-invalid', 'spec.emailAddresses[0]'],
  ['host-in-common-name-only', 'spec.dnsNames'],
  ['ip-address-invalid', 'spec.ipAddresses[0]'],
  ['literal-subject-invalid', 'spec.literalSubject'],
  ['name-not-ascii', 'spec.dnsNames[0]'],
  ['other-name-invalid', 'spec.otherNames[0].oid'],
  ['subject-equals-issuer', 'spec.commonName'],
  ['uri-not-canonical', 'spec.uris[0]'],
  ['value-not-encodable', 'spec.otherNames[0].oid'],
  ['duration-invalid', 'spec.duration'],
  ['duration-too-short', 'spec.duration'],
  ['leaf-outlives-ca', 'spec.duration'],
  ['leaf-outlives-root-ca', 'spec.duration'],
  ['lifetime-longer-than-ca', 'spec.duration'],
  ['renew-before-out-of-range', 'spec.renewBefore'],
  ['renew-before-percentage-out-of-range', 'spec.renewBeforePercentage'],
  ['renew-before-set-twice', 'spec.renewBeforePercentage'],
  ['renewal-disabled', 'spec.renewal.policy'],
  ['renewal-policy-invalid', 'spec.renewal.windows[0].cron'],
  ['renewal-too-frequent', 'spec.renewBefore'],
  ['renewal-window-too-late', 'spec.renewal.windows'],
  ['renewal-window-zero', 'spec.renewal.windows[0].windowDuration'],
  ['revision-history-limit-too-small', 'spec.revisionHistoryLimit'],
  ['trusted-ca-copy-expires', 'spec.duration'],
  ['ca-issuer-secret-namespace', 'spec.ca.secretName'],
  ['ca-issuer-without-ca-certificate', 'spec.ca.secretName'],
  ['ca-key-rotates', 'spec.privateKey.rotationPolicy'],
  ['ca-key-usages-too-narrow', 'spec.usages'],
  ['ca-subject-empty', 'spec.commonName'],
  ['ca-with-extended-key-usages', 'spec.usages'],
  ['issuer-cycle', 'spec.issuerRef.name'],
  ['key-usages-rejected-by-peers', 'spec.usages'],
  ['name-constraints-invalid', 'spec.nameConstraints.permitted.ipRanges[0]'],
  ['name-constraints-misplaced', 'spec.nameConstraints'],
  ['name-outside-constraints', 'spec.dnsNames[1]'],
  ['self-signed-leaf', 'spec.issuerRef.name'],
  ['api-version-not-served', 'apiVersion'],
  ['newer-than-cert-manager', 'spec.renewal'],
  ['schema-violation', 'spec.secretTemplate.labels.generation'],
  ['unknown-field', 'spec.dnsName'],
  ['document-without-kind', 'kind'],
  ['object-duplicate', 'metadata.name'],
  ['shared-scripts-edited', 'data'],
  ['backup-repository-shared', "data['pgbackrest.conf']"],
  ['backup-server-open', "data['server.conf']"],
  ['object-name-invalid', 'metadata.name'],
  ['output-file-duplicate', ''],
  ['acknowledgement-unused', ''],
  ['cluster-issuer-secret-namespace', 'spec.vault.auth.tokenSecretRef.name'],
  ['issuer-in-other-namespace', 'spec.issuerRef.name'],
  ['issuer-kind-mismatch', 'spec.issuerRef.kind'],
  ['issuer-ref-incomplete', 'spec.issuerRef.kind'],
  ['leaf-overwrites-ca-secret', 'spec.secretName'],
  ['secret-declared-with-data', 'spec.secretName'],
  ['secret-declared-without-data', 'spec.secretName'],
  ['secret-name-invalid', 'spec.secretName'],
  ['secret-template-instance-label', "spec.secretTemplate.labels['app.kubernetes.io/instance']"],
  ['secret-template-invalid', 'spec.secretTemplate.labels.team'],
  ['secret-template-owned-by-gitops', "spec.secretTemplate.annotations['argocd.argoproj.io/tracking-id']"],
  ['secret-written-twice', 'spec.secretName'],
  ['reference-name-invalid', 'spec.volumes[0].secret.secretName'],
];

const texts = new Map(ruleTexts().map((text) => [text.id, text]));

test('every rule of these themes is listed', () => {
  const themes = ['keys', 'names', 'lifetimes', 'cas', 'structure', 'objects', 'acknowledgements', 'references'].map((theme) => `rules/${theme}`);
  const rules = [...texts.values()].filter(({ theme }) => themes.includes(theme)).map(({ id }) => id);
  expect(FIELDS.map(([id]) => id).sort()).toEqual(rules.sort());
});

test.each(FIELDS)('%s is found at %j', (id, field) => {
  const { wrong, applied } = texts.get(id)!;
  expect(fieldsIn(id, wrong, applied)).toEqual([field]);
});

/** The entry that is wrong, after entries that are right. */
const INDICES: ReadonlyArray<readonly [string, string, string]> = [
  ['dns-name-not-portable', '{ dnsNames: [db, db.demo.svc, DB.demo.svc] }', 'spec.dnsNames[2]'],
  ['dns-name-unmatchable', '{ dnsNames: [db.demo.svc, db-*.demo.svc] }', 'spec.dnsNames[1]'],
  ['email-address-invalid', "{ emailAddresses: [dba@example.com, 'DBA <dba@example.com>'] }", 'spec.emailAddresses[1]'],
  ['ip-address-invalid', '{ ipAddresses: [10.0.0.1, 10.0.0.0/24] }', 'spec.ipAddresses[1]'],
  ['name-not-ascii', '{ uris: [spiffe://a/b, spiffe://a/ä] }', 'spec.uris[1]'],
  ['uri-not-canonical', '{ uris: [spiffe://a/b, SPIFFE://a/c] }', 'spec.uris[1]'],
  ['other-name-invalid', "{ otherNames: [{ oid: 1.3.6, utf8Value: a }, { oid: 1.3.7, utf8Value: '' }] }", 'spec.otherNames[1].utf8Value'],
  ['value-not-encodable', "{ otherNames: [{ oid: '1.3', utf8Value: a }, { oid: '9.1', utf8Value: a }] }", 'spec.otherNames[1].oid'],
  ['output-format-duplicate', '{ additionalOutputFormats: [{ type: DER }, { type: CombinedPEM }, { type: CombinedPEM }] }', 'spec.additionalOutputFormats[2].type'],
  ['common-name-too-long', `{ commonName: null, literalSubject: CN=${'a'.repeat(65)} }`, 'spec.literalSubject'],
  ['keystore-password-source', "{ keystores: { jks: { create: true, password: a }, pkcs12: { create: true, profile: Modern2023, password: '' } } }", 'spec.keystores.pkcs12.password'],
  ['renewal-policy-invalid', '{ renewal: { policy: RenewBefore, windows: [{ cron: 0 3 * * 0, windowDuration: 2h }, { cron: 0 3 * * 0, windowDuration: 2h, timezone: Berlin }] } }', 'spec.renewal.windows[1].timezone'],
  ['renewal-window-zero', '{ renewal: { policy: RenewBefore, windows: [{ cron: 0 3 * * 0, windowDuration: 2h }, { cron: 0 3 * * 0, windowDuration: 0s }] } }', 'spec.renewal.windows[1].windowDuration'],
  ['name-constraints-invalid', '{ isCA: true, usages: [cert sign], nameConstraints: { permitted: { dnsDomains: [svc] }, excluded: { ipRanges: [10.0.0.0/8, 10.0.0.1] } } }', 'spec.nameConstraints.excluded.ipRanges[1]'],
  ['secret-template-invalid', '{ secretTemplate: { annotations: { team: a, cert-manager.io/issuer-name: ca } } }', "spec.secretTemplate.annotations['cert-manager.io/issuer-name']"],
];

test.each(INDICES)('%s in %s is found at %s', (id, spec, field) => {
  expect(fieldsIn(id, { language: 'yaml', body: `kind: Certificate\nspec: ${spec}\n` })).toEqual([field]);
});

test('a reference of a pod template is found in the template', () => {
  const volumes = '[{ name: a, emptyDir: {} }, { name: b, persistentVolumeClaim: { claimName: Data } }]';
  const body = `kind: Deployment\nspec: { template: { spec: { imagePullSecrets: [{ name: a }, { name: B }], containers: [{ name: app, image: app }], volumes: ${volumes} } } }\n`;
  expect(fieldsIn('reference-name-invalid', { language: 'yaml', body })).toEqual([
    'spec.template.spec.imagePullSecrets[1].name', 'spec.template.spec.volumes[1].persistentVolumeClaim.claimName',
  ]);
});

/** Each field once. */
function fieldsIn(id: string, example: Example, applied?: Example): string[] {
  return [...new Set(fieldsOf(findingsOfExample(example, applied), id).map((field) => field ?? ''))];
}
