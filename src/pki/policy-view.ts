import { subjectOf } from './distinguished-name';
import type { CertificateNode } from './issuance-graph';
import { mapping, Mapping, mappings, text, texts } from '../data';
import { parseGoDuration } from '../formats';
import type { Located, Manifest } from '../kubernetes';

/** A CertificateRequestPolicy of approver-policy. Conditions that only the cluster can evaluate (CEL rules, labels of namespaces) count as met. */
export class PolicyView implements Located {
  public readonly spec: Mapping;
  private readonly allowed: Mapping;
  private readonly constraints: Mapping;

  public constructor(public readonly at: Manifest) {
    this.spec = at.spec;
    this.allowed = mapping(at.spec['allowed']);
    this.constraints = mapping(at.spec['constraints']);
  }

  /** The only issuer that it selects, if it names one. */
  public get issuerName(): string | undefined {
    return plain(mapping(mapping(this.spec['selector'])['issuerRef'])['name']);
  }

  /** The only namespace that it selects, if it names one. */
  public get namespace(): string | undefined {
    const { matchNames } = mapping(mapping(this.spec['selector'])['namespace']);
    return texts(matchNames).length === 1 ? plain(texts(matchNames)[0]) : undefined;
  }

  /** The only common name that it allows, if it names one. */
  public get commonName(): string | undefined {
    return plain(mapping(this.allowed['commonName'])['value']);
  }

  /** Whether it selects the issuer of a certificate. Source: approver-policy pkg/internal/approver/manager/predicate. */
  public isAboutIssuerOf({ issuerRef }: CertificateNode): boolean {
    const selected = mapping(mapping(this.spec['selector'])['issuerRef']);
    return (['name', 'kind', 'group'] as const).every((field) => selected[field] === undefined || matches(text(selected[field]), issuerRef[field]));
  }

  /** Whether it allows the request for a certificate. Source: approver-policy pkg/internal/approver/{allowed,constraints}. */
  public covers(certificate: CertificateNode): boolean {
    return this.isAboutIssuerOf(certificate)
      && this.coversNamespace(certificate.at.namespace)
      && this.coversName(certificate)
      && NAME_LISTS.every((field) => lets(this.allowed[field], texts(certificate.spec[field])))
      && (!certificate.isCa || this.allowed['isCA'] === true)
      && certificate.usages.every((usage) => texts(this.allowed['usages']).some((pattern) => matches(pattern, usage)))
      && this.coversLifetime(certificate.spec['duration'])
      && this.coversKey(certificate);
  }

  private coversNamespace(namespace: string | undefined): boolean {
    const { matchNames } = mapping(mapping(this.spec['selector'])['namespace']);
    return namespace === undefined || texts(matchNames).length === 0 || texts(matchNames).some((pattern) => matches(pattern, namespace));
  }

  private coversName({ spec }: CertificateNode): boolean {
    const names = subjectOf(spec).filter(({ type }) => type === 'CN').map(({ value }) => value);
    const { value, validations, required } = mapping(this.allowed['commonName']);
    if (names.length === 0) { return required !== true; }
    return value === undefined ? mappings(validations).length > 0 : names.every((name) => matches(text(value), name));
  }

  private coversLifetime(duration: unknown): boolean {
    const { minDuration, maxDuration } = this.constraints;
    if (minDuration === undefined && maxDuration === undefined) { return true; }
    const asked = parseGoDuration(duration);
    return asked !== undefined && asked >= (parseGoDuration(minDuration) ?? 0) && asked <= (parseGoDuration(maxDuration) ?? Infinity);
  }

  private coversKey({ spec, keyAlgorithm }: CertificateNode): boolean {
    const { algorithm, minSize, maxSize } = mapping(this.constraints['privateKey']);
    const size = Number(mapping(spec['privateKey'])['size']) || (keyAlgorithm === 'ECDSA' ? 256 : 2048);
    return (algorithm === undefined || algorithm === keyAlgorithm)
      && (keyAlgorithm === 'Ed25519' || (size >= Number(minSize ?? 0) && size <= Number(maxSize ?? Infinity)));
  }
}

const NAME_LISTS = ['dnsNames', 'ipAddresses', 'uris', 'emailAddresses'];

function lets(allowed: unknown, values: string[]): boolean {
  const { values: patterns, validations, required } = mapping(allowed);
  if (values.length === 0) { return required !== true; }
  if (patterns === undefined) { return mappings(validations).length > 0; }
  return values.every((value) => texts(patterns).some((pattern) => matches(pattern, value) || isAddressLike(value)));
}

/** A text without wildcards. */
function plain(value: unknown): string | undefined {
  return text(value) === '' || text(value).includes('*') ? undefined : text(value);
}

/** An address has several spellings, and approver-policy compares with that of Go. */
function isAddressLike(value: string): boolean {
  return value.includes(':') && !value.includes('/');
}

/** `*` matches any text. */
function matches(pattern: string, value: string): boolean {
  if (pattern === '*' || !pattern.includes('*')) { return pattern === '*' || pattern === value; }
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('[\\s\\S]*')}$`).test(value);
}
