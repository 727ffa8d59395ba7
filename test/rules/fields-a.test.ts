import { ruleTexts } from '../../tools/rule-pages';
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
  ['object-name-invalid', 'metadata.name'],
  ['output-file-duplicate', ''],
  ['acknowledgement-unused', ''],
  // REST
];

const texts = new Map(ruleTexts().map((text) => [text.id, text]));

test.each(FIELDS)('%s is found at %j', (id, field) => {
  const { wrong, applied } = texts.get(id)!;
  const found = findingsOfExample(wrong, applied).filter(({ rule }) => rule.id === id);
  expect([...new Set(found.map((finding) => finding.field ?? ''))]).toEqual([field]);
});
