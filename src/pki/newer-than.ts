import { CertManagerVersion } from './cert-manager-version';
import type { ClusterAssumptions } from './cluster-assumptions';
import { memoizeByObject, text, valuesAt } from '../data';
import { Located } from '../kubernetes';

/** A field, or one value of a field, and the release of cert-manager that added it. */
interface FieldVersion {
  readonly kinds: ReadonlyArray<string>;
  readonly path: string;
  /** Undefined where the field itself is new. */
  readonly value?: string;
  readonly since: CertManagerVersion;
  /** The feature gate of the field: off by default before `since`, on by default from then on. */
  readonly gate?: FeatureGate;
}

interface FeatureGate {
  readonly name: string;
  /** The minor release that added the gate. */
  readonly added: number;
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
  { kinds: CERTIFICATES, path: 'spec.nameConstraints', since: V1_17, gate: { name: 'NameConstraints', added: 14 } },
  { kinds: CERTIFICATES, path: 'spec.signatureAlgorithm', since: V1_18 },
  { kinds: CERTIFICATES, path: 'spec.otherNames', since: V1_20, gate: { name: 'OtherNames', added: 14 } },
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

/** A field of a manifest that a cluster does not have. */
export interface TooNew {
  readonly path: string;
  readonly value?: string;
  readonly since: CertManagerVersion;
  /** The feature gate that is switched off, if the release has the field. */
  readonly disabledGate?: string;
}

/** Fields and values of a manifest that are newer than the release of cert-manager, or switched off. */
export function newerThan(assumptions: ClusterAssumptions, { at }: Located): TooNew[] {
  return (unavailable(assumptions).get(at.kind) ?? []).flatMap(({ path, value, since, disabledGate }) =>
    valuesAt(at.manifest, path).filter((found) => value === undefined || text(found.value) === value).map((found) => ({ path: found.path, value, since, disabledGate })));
}

/** The fields and values that a cluster does not have, by kind. */
const unavailable = memoizeByObject(({ certManagerVersion: version, featureGates }: ClusterAssumptions): ReadonlyMap<string, TooNew[]> => {
  const fields = ARRIVALS.flatMap((field) => {
    const { since, gate } = field;
    const isOn = gate && featureGates.get(gate.name);
    if (version.isAtLeast(since)) { return isOn === false ? [{ ...field, disabledGate: gate!.name }] : []; }
    return isOn === true && version.minor >= gate!.added ? [] : [field];
  });
  const kinds = new Set(fields.flatMap(({ kinds: of }) => of));
  return new Map([...kinds].map((kind) => [kind, fields.filter(({ kinds: of }) => of.includes(kind))]));
});
