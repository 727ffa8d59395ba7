import { SecretValue } from 'cdk8s-plus-27';
import type { CertificateSpec } from '../../imports/cert-manager.io';
import { CertificateKeystores, Pkcs12Profile } from './certificate-output';
import type { CertificateProps } from './certificate-props';
import { PrivateKey, PrivateKeyRotationPolicy } from './private-key';
import { DEFAULT_DURATION, renewBefore } from './renew-before';
import { KeyUsage } from './x509';
import { formatGoDuration } from '../formats';

const CA_USAGES = [KeyUsage.CERT_SIGN, KeyUsage.CRL_SIGN, KeyUsage.DIGITAL_SIGNATURE];
const LEAF_USAGES = [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT];

/**
 * The `spec` of a Certificate with every default that this package decides: lifetimes, key, usages and issuer are always
 * written out, because cert-manager's own defaults have changed between releases (rotationPolicy in 1.18).
 *
 * @internal
 */
export function renderCertificateSpec(props: CertificateProps, secretName: string): CertificateSpec {
  const spec = {
    secretName,
    issuerRef: { name: props.issuer?.issuerName, kind: props.issuer?.issuerKind, group: props.issuer?.issuerGroup },
    commonName: props.commonName,
    subject: unlessEmpty(props.subject),
    literalSubject: props.literalSubject,
    dnsNames: sortedSet(props.dnsNames),
    ipAddresses: sortedSet(props.ipAddresses),
    uris: sortedSet(props.uris),
    emailAddresses: sortedSet(props.emailAddresses),
    otherNames: props.otherNames,
    duration: formatGoDuration(props.duration ?? DEFAULT_DURATION),
    renewBefore: writtenRenewBefore(props),
    renewBeforePercentage: props.renewBeforePercentage,
    renewal: renewal(props),
    isCa: props.isCa === true ? true : undefined,
    usages: props.usages ?? (props.isCa ? CA_USAGES : LEAF_USAGES),
    encodeUsagesInRequest: props.encodeUsagesInRequest,
    privateKey: privateKey(props.privateKey ?? PrivateKey.ecdsa(), props.isCa ?? false),
    signatureAlgorithm: props.signatureAlgorithm,
    secretTemplate: props.secretTemplate,
    additionalOutputFormats: props.additionalOutputFormats?.map((type) => ({ type })),
    keystores: props.keystores && keystores(props.keystores),
    nameConstraints: props.nameConstraints,
    revisionHistoryLimit: props.revisionHistoryLimit,
  };
  // The generated enums and ours have the same values; TypeScript distinguishes enums by name.
  return spec as unknown as CertificateSpec;
}

/** cert-manager accepts one of the two fields. */
function writtenRenewBefore(props: CertificateProps): string | undefined {
  const value = props.renewBefore ?? (props.renewBeforePercentage === undefined ? renewBefore(props) : undefined);
  return value && formatGoDuration(value);
}

function renewal(props: CertificateProps) {
  if (props.renewalPolicy === undefined && props.renewalWindows === undefined) { return undefined; }
  return {
    policy: props.renewalPolicy ?? 'RenewBefore',
    windows: props.renewalWindows?.map((window) => ({ ...window, windowDuration: formatGoDuration(window.windowDuration) })),
  };
}

function privateKey(key: PrivateKey, isCa: boolean) {
  return {
    algorithm: key.algorithm,
    size: key.size,
    encoding: key.encoding,
    rotationPolicy: key.rotationPolicy ?? (isCa ? PrivateKeyRotationPolicy.NEVER : PrivateKeyRotationPolicy.ALWAYS),
  };
}

function keystores({ jks, pkcs12 }: CertificateKeystores) {
  return {
    jks: jks && { create: true, alias: jks.alias, passwordSecretRef: secretKey(jks.password) },
    pkcs12: pkcs12 && { create: true, profile: pkcs12.profile ?? Pkcs12Profile.MODERN_2023, passwordSecretRef: secretKey(pkcs12.password) },
  };
}

function secretKey({ secret, key }: SecretValue) {
  return { name: secret.name, key };
}

/** Order has no meaning in a SAN list; sorting makes the output independent of the order of declaration. */
function sortedSet(values: string[] | undefined): string[] | undefined {
  return values && values.length > 0 ? [...new Set(values)].sort() : undefined;
}

function unlessEmpty<T extends object>(value: T | undefined): T | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined;
}
