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
  // LIFETIMES
];

const texts = new Map(ruleTexts().map((text) => [text.id, text]));

test.each(FIELDS)('%s is found at %j', (id, field) => {
  const { wrong, applied } = texts.get(id)!;
  const found = findingsOfExample(wrong, applied).filter(({ rule }) => rule.id === id);
  expect([...new Set(found.map((finding) => finding.field ?? ''))]).toEqual([field]);
});
