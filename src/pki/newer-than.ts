import { CertManagerVersion } from './cert-manager-version';
import { text, valuesAt } from '../data';
import { Located } from '../kubernetes';

/** A field, or one value of a field, and the release of cert-manager that added it. */
interface FieldVersion {
  readonly kinds: ReadonlyArray<string>;
  readonly path: string;
  /** Undefined where the field itself is new. */
  readonly value?: string;
  readonly since: CertManagerVersion;
}

const CERTIFICATES = ['Certificate'];
const ISSUERS = ['Issuer', 'ClusterIssuer'];
const { V1_16, V1_17, V1_18, V1_19, V1_20, V1_21 } = CertManagerVersion;

/**
 * Sources: deploy/crds of cert-manager 1.16 to 1.21; for fields behind a feature gate that was off by default,
 * internal/webhook/feature/features.go.
 */
const ARRIVALS: ReadonlyArray<FieldVersion> = [
  { kinds: CERTIFICATES, path: 'spec.renewBeforePercentage', since: V1_16 },
  { kinds: CERTIFICATES, path: 'spec.keystores.jks.password', since: V1_17 },
  { kinds: CERTIFICATES, path: 'spec.keystores.pkcs12.password', since: V1_17 },
  { kinds: CERTIFICATES, path: 'spec.nameConstraints', since: V1_17 },
  { kinds: CERTIFICATES, path: 'spec.signatureAlgorithm', since: V1_18 },
  { kinds: CERTIFICATES, path: 'spec.otherNames', since: V1_20 },
  { kinds: CERTIFICATES, path: 'spec.renewal', since: V1_21 },
  { kinds: CERTIFICATES, path: 'spec.keystores.pkcs12.profile', value: 'Modern2026', since: V1_21 },
  { kinds: ISSUERS, path: 'spec.acme.solvers[].dns01.azureDNS.managedIdentity.tenantID', since: V1_17 },
  { kinds: ISSUERS, path: 'spec.acme.profile', since: V1_18 },
  { kinds: ISSUERS, path: 'spec.vault.serverName', since: V1_18 },
  { kinds: ISSUERS, path: 'spec.acme.solvers[].dns01.rfc2136.protocol', since: V1_19 },
  { kinds: ISSUERS, path: 'spec.acme.solvers[].dns01.azureDNS.zoneType', since: V1_20 },
  { kinds: ISSUERS, path: 'spec.acme.solvers[].waitInsteadOfSelfCheck', since: V1_21 },
  { kinds: ISSUERS, path: 'spec.vault.auth.aws', since: V1_21 },
  { kinds: ISSUERS, path: 'spec.venafi.ngts', since: V1_21 },
];

/** The newest release whose fields are known here. */
export const NEWEST_KNOWN = V1_21;

/** A field of a manifest that a release does not have. */
export interface TooNew {
  readonly path: string;
  readonly value?: string;
  readonly since: CertManagerVersion;
}

/** Fields and values of a manifest that are newer than a release of cert-manager. */
export function newerThan(floor: CertManagerVersion, { at }: Located): TooNew[] {
  return tooNew(floor, at.kind).flatMap(({ path, value, since }) =>
    valuesAt(at.manifest, path).filter((found) => value === undefined || text(found.value) === value).map((found) => ({ path: found.path, value, since })));
}

const byFloorAndKind = new Map<string, FieldVersion[]>();

function tooNew(floor: CertManagerVersion, kind: string): FieldVersion[] {
  const key = `${kind} ${floor.minor}`;
  const known = byFloorAndKind.get(key) ?? ARRIVALS.filter(({ kinds, since }) => kinds.includes(kind) && !floor.isAtLeast(since));
  byFloorAndKind.set(key, known);
  return known;
}
