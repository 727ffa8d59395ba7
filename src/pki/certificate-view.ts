import { formatDistinguishedName, NamePart, subjectOf } from './distinguished-name';
import { ConstrainedType, NameConstraints, nameConstraintsOf } from './name-constraints';
import { isGiven, mapping, Mapping, text, texts } from '../data';
import { parseGoDuration } from '../formats';
import type { Located, Manifest } from '../kubernetes';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Default of cert-manager for a Certificate without duration: 90 days. */
const DEFAULT_LIFETIME = 2160 * HOUR;

/** Source: cert-manager pkg/apis/certmanager/v1/types.go, DefaultKeyUsages. */
const DEFAULT_USAGES = ['digital signature', 'key encipherment'];

/** Extended key usages; all others are key usages. */
const EXTENDED_USAGES = new Set([
  'any', 'server auth', 'client auth', 'code signing', 'email protection', 's/mime', 'ipsec end system', 'ipsec tunnel', 'ipsec user', 'timestamping',
  'ocsp signing', 'microsoft sgc', 'netscape sgc',
]);

/** The fields of a Certificate. Invalid values read as cert-manager's defaults; other rules report them. */
export class CertificateView implements Located {
  public readonly spec: Mapping;
  public readonly secretName: string;
  public readonly isCa: boolean;
  public readonly issuerRef: { readonly name: string; readonly kind: string; readonly group: string };

  // Many rules ask for these.
  private knownSubject: NamePart[] | undefined;
  private knownLifetime: number | undefined;

  public constructor(public readonly at: Manifest) {
    this.spec = at.spec;
    this.secretName = text(this.spec['secretName']);
    this.isCa = this.spec['isCA'] === true;
    const { name, kind, group } = mapping(this.spec['issuerRef']);
    this.issuerRef = { name: text(name), kind: text(kind) || 'Issuer', group: text(group) || 'cert-manager.io' };
  }

  /** Milliseconds from issuance to the end. */
  public get lifetime(): number {
    return this.knownLifetime ??= parseGoDuration(this.spec['duration']) ?? DEFAULT_LIFETIME;
  }

  /** Milliseconds before the end at which it is renewed: as set, or a third of the lifetime. Source: cert-manager pkg/util/pki/renewaltime.go. */
  public get renewBefore(): number {
    const given = parseGoDuration(this.spec['renewBefore'])
      ?? (typeof this.spec['renewBeforePercentage'] === 'number' ? this.lifetime * this.spec['renewBeforePercentage'] / 100 : 0);
    return given > 0 && given < this.lifetime ? given : this.lifetime / 3;
  }

  /** Whether the duration is valid or not set, so that `lifetime` is the one that cert-manager uses. */
  public get hasReadableLifetime(): boolean {
    return !isGiven(this.spec['duration']) || parseGoDuration(this.spec['duration']) !== undefined;
  }

  /** Whether cert-manager accepts lifetime and renewal; other rules report what is wrong with them. */
  public get hasSoundTimes(): boolean {
    const { renewBefore, renewBeforePercentage: percentage } = this.spec;
    const given = parseGoDuration(renewBefore) ?? 0;
    return this.hasReadableLifetime && this.lifetime >= HOUR
      && (!isGiven(renewBefore) || (given >= 5 * MINUTE && given < this.lifetime && !isGiven(percentage)))
      && (!isGiven(percentage) || this.lifetime * Math.min(Number(percentage), 100 - Number(percentage)) / 100 >= 5 * MINUTE);
  }

  /** Whether cert-manager renews it at all. */
  public get isRenewed(): boolean {
    return mapping(this.spec['renewal'])['policy'] !== 'Disabled';
  }

  /** Whether a renewal makes a new key; unset means that it does since cert-manager 1.18. */
  public get rotatesKey(): boolean {
    return mapping(this.spec['privateKey'])['rotationPolicy'] !== 'Never';
  }

  public get keyAlgorithm(): string {
    return text(mapping(this.spec['privateKey'])['algorithm']) || 'RSA';
  }

  /** The size of the key in bits, where one is asked for; source: cert-manager pkg/util/pki/generate.go, which ignores what is not positive. */
  public get keySize(): number | undefined {
    const { size } = mapping(this.spec['privateKey']);
    return typeof size === 'number' && size > 0 ? size : undefined;
  }

  /** The parts of the subject, least specific first. */
  public get subjectParts(): ReadonlyArray<NamePart> {
    return this.knownSubject ??= subjectOf(this.spec);
  }

  /** The common name, from commonName or literalSubject. */
  public get commonName(): string {
    return this.subjectParts.find(({ type }) => type === 'CN')?.value ?? '';
  }

  /** The whole subject, most specific part last, in one spelling: equal subjects are equal texts. Empty where it names nothing. */
  public get subject(): string {
    return formatDistinguishedName(this.subjectParts);
  }

  public get dnsNames(): string[] {
    return texts(this.spec['dnsNames']);
  }

  public get ipAddresses(): string[] {
    return texts(this.spec['ipAddresses']);
  }

  /** Key usages and extended ones, as cert-manager completes them. */
  public get usages(): string[] {
    const given = texts(this.spec['usages']);
    return [...(given.length > 0 ? given : DEFAULT_USAGES), ...(this.isCa && !given.includes('cert sign') ? ['cert sign'] : [])];
  }

  public get keyUsages(): string[] {
    return this.usages.filter((usage) => !EXTENDED_USAGES.has(usage));
  }

  public get extendedKeyUsages(): string[] {
    return this.usages.filter((usage) => EXTENDED_USAGES.has(usage));
  }

  /** The names that it may sign for, where it is a CA certificate. */
  public get nameConstraints(): NameConstraints {
    return nameConstraintsOf(this.spec);
  }

  /** Its subject alternative names of the types that a CA can be constrained to. */
  public get alternativeNames(): Readonly<Record<ConstrainedType, string[]>> {
    const { dnsNames, ipAddresses } = this;
    return { dnsDomains: dnsNames, ipRanges: ipAddresses, emailAddresses: texts(this.spec['emailAddresses']), uriDomains: texts(this.spec['uris']) };
  }
}
