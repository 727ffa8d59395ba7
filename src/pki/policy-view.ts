import type { CertificateNode } from './issuance-graph';
import { type OidField, requestedByOid, requestedFields, sourceOfOids } from './requested-attributes';
import { isGiven, mapping, Mapping, mappings, text, texts, valueAt } from '../data';
import { parseGoDuration } from '../formats';
import type { Located, Manifest } from '../kubernetes';

/** A field of a policy that a request does not meet. */
export interface PolicyObstacle {
  /** The field of the Certificate that the request has it from. */
  readonly field: string;
  /** The field of the policy, with what it demands and what the request has. */
  readonly problem: string;
}

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

  /** Whether it allows the request for a certificate. */
  public covers(certificate: CertificateNode): boolean {
    return this.isAboutIssuerOf(certificate) && this.obstacles(certificate).next().done === true;
  }

  /** Every field of it that the request for a certificate of its issuer does not meet. Source: approver-policy pkg/internal/approver. */
  public* obstacles(certificate: CertificateNode): Generator<PolicyObstacle> {
    yield* this.namespaceObstacles(certificate);
    for (const { path, isList, source, values } of requestedFields(certificate)) {
      yield* valueObstacles(`spec.allowed.${path}`, isList, valueAt(this.allowed, path), values, source);
    }
    for (const field of ['otherNames', 'subject.otherAttributes'] as const) { yield* this.oidObstacles(field, certificate); }
    yield* this.usageObstacles(certificate);
    yield* this.durationObstacles(certificate.spec['duration']);
    yield* this.keyObstacles(certificate);
  }

  private* namespaceObstacles({ at: { namespace } }: CertificateNode): Generator<PolicyObstacle> {
    const names = texts(mapping(mapping(this.spec['selector'])['namespace'])['matchNames']);
    if (namespace !== undefined && names.length > 0 && !names.some((pattern) => matches(pattern, namespace))) {
      yield { field: 'metadata.namespace', problem: `spec.selector.namespace.matchNames selects ${quoted(names)}, not '${namespace}'` };
    }
  }

  private* oidObstacles(field: OidField, certificate: CertificateNode): Generator<PolicyObstacle> {
    const requested = requestedByOid(field, certificate);
    const entries = new Map(mappings(valueAt(this.allowed, field)).map((entry) => [text(entry['oid']), entry]));
    for (const oid of new Set([...requested.keys(), ...entries.keys()])) {
      yield* valueObstacles(`spec.allowed.${field}[${oid}]`, true, entries.get(oid), requested.get(oid) ?? [], sourceOfOids(field, certificate));
    }
  }

  /** A request has the usages as they are given, without those that cert-manager adds to the certificate (pkg/controller/certificates/requestmanager). */
  private* usageObstacles({ spec, isCa }: CertificateNode): Generator<PolicyObstacle> {
    if (isCa && this.allowed['isCA'] !== true) { yield { field: 'spec.isCA', problem: 'spec.allowed.isCA is not true, and the request is for a CA certificate' }; }
    const [allowed, given] = [texts(this.allowed['usages']), texts(spec['usages'])];
    const index = given.findIndex((usage) => !allowed.some((pattern) => matches(pattern, usage)));
    if (index >= 0) { yield { field: `spec.usages[${index}]`, problem: `spec.allowed.usages allows ${quoted(allowed)}, not '${given[index]!}'` }; }
  }

  private* durationObstacles(duration: unknown): Generator<PolicyObstacle> {
    const asked = parseGoDuration(duration);
    for (const bound of ['minDuration', 'maxDuration'] as const) {
      const limit = parseGoDuration(this.constraints[bound]);
      if (limit === undefined || (asked !== undefined && (bound === 'minDuration' ? asked >= limit : asked <= limit))) { continue; }
      yield { field: 'spec.duration', problem: `spec.constraints.${bound} is ${text(this.constraints[bound])}, and the request has ${asked === undefined ? 'no duration' : text(duration)}` };
    }
  }

  private* keyObstacles({ keyAlgorithm, keySize }: CertificateNode): Generator<PolicyObstacle> {
    const { algorithm, minSize, maxSize } = mapping(this.constraints['privateKey']);
    const at = 'spec.constraints.privateKey';
    if (isGiven(algorithm) && algorithm !== keyAlgorithm) {
      yield { field: 'spec.privateKey.algorithm', problem: `${at}.algorithm is ${text(algorithm)}, and the request has ${keyAlgorithm}` };
    }
    const size = keyAlgorithm === 'Ed25519' ? ED25519_SIZE : keySize ?? (keyAlgorithm === 'ECDSA' ? 256 : 2048);
    const has = keyAlgorithm === 'Ed25519' ? 'Ed25519, for which no bound may be set' : `${size} bits`;
    if (isGiven(minSize) && size < Number(minSize)) { yield { field: 'spec.privateKey.size', problem: `${at}.minSize is ${text(minSize)}, and the request has ${has}` }; }
    if (isGiven(maxSize) && size > Number(maxSize)) { yield { field: 'spec.privateKey.size', problem: `${at}.maxSize is ${text(maxSize)}, and the request has ${has}` }; }
  }
}

/** The size that approver-policy compares with its bounds. */
const ED25519_SIZE = -1;

function* valueObstacles(path: string, isList: boolean, condition: unknown, values: ReadonlyArray<string>, field: string): Generator<PolicyObstacle> {
  const { required, validations, [isList ? 'values' : 'value']: allowed } = mapping(condition);
  if (values.length === 0) {
    if (required === true) { yield { field, problem: `${path}.required is true, and the request has none` }; }
    return;
  }
  if (!isGiven(allowed)) {
    if (mappings(validations).length === 0) { yield { field, problem: `${path} allows no value, and the request has ${quoted(values)}` }; }
    return;
  }
  const patterns = isList ? texts(allowed) : [text(allowed)];
  const other = values.find((value) => !patterns.some((pattern) => matches(pattern, value)));
  if (other !== undefined) { yield { field, problem: `${path}.${isList ? 'values' : 'value'} allows ${quoted(patterns)}, not '${other}'` }; }
}

function quoted(values: ReadonlyArray<string>): string {
  return values.length === 0 ? 'none' : values.map((value) => `'${value}'`).join(', ');
}

/** A text without wildcards. */
function plain(value: unknown): string | undefined {
  return text(value) === '' || text(value).includes('*') ? undefined : text(value);
}

/** `*` matches any text. Source: approver-policy pkg/internal/util/wildcard.go. */
function matches(pattern: string, value: string): boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) { return pattern === value; }
  if (!value.startsWith(start)) { return false; }
  let from = start.length;
  for (const part of parts) {
    const index = value.indexOf(part, from);
    if (index < 0) { return false; }
    from = index + part.length;
  }
  return value.length - end.length >= from && value.endsWith(end);
}
