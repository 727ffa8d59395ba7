import type { IssuerView } from './issuer-view';
import { Mapping, mapping, mappings, text, valueAt } from '../data';

/** The part of a reference that is checked before it is used. */
type Demand = 'name' | 'key';

/** A Secret that an issuer refers to. */
export interface IssuerSecret {
  /** The field of the reference, for example `vault.auth.appRole.secretRef`. */
  readonly field: string;
  readonly name: string;
  /** Undefined if the reference is to the whole Secret. */
  readonly key: string | undefined;
  /** The parts without which the webhook rejects the issuer. */
  readonly refused: ReadonlyArray<Demand>;
  /** The parts without which the controller stops. */
  readonly stalls: ReadonlyArray<Demand>;
}

interface Reference {
  readonly field: string;
  readonly refused?: ReadonlyArray<Demand>;
  readonly stalls?: ReadonlyArray<Demand>;
}

/** Source: cert-manager internal/apis/certmanager/validation/issuer.go; pkg/issuer/vault/setup.go, internal/vault/vault.go, pkg/issuer/venafi. */
const REFERENCES: Readonly<Record<string, ReadonlyArray<Reference>>> = {
  vault: [
    { field: 'auth.tokenSecretRef', stalls: ['name'] },
    { field: 'auth.appRole.secretRef', refused: ['name'], stalls: ['key'] },
    // Without a name it counts as absent, which another rule checks.
    { field: 'auth.kubernetes.secretRef' },
    { field: 'caBundleSecretRef', stalls: ['name'] },
    { field: 'clientCertSecretRef', stalls: ['name'] },
    { field: 'clientKeySecretRef', stalls: ['name'] },
  ],
  venafi: [
    { field: 'tpp.credentialsRef', stalls: ['name'] },
    { field: 'tpp.caBundleSecretRef', stalls: ['name'] },
    { field: 'cloud.apiTokenSecretRef', stalls: ['name'] },
    { field: 'ngts.credentialsRef', refused: ['name'] },
  ],
  acme: [
    { field: 'privateKeySecretRef', refused: ['name'] },
    { field: 'externalAccountBinding.keySecretRef', refused: ['name', 'key'] },
  ],
};

/** Source: cert-manager internal/apis/certmanager/validation/issuer.go; pkg/issuer/acme/dns for the parts without which its solvers stop. */
const DNS01_REFERENCES: ReadonlyArray<Reference> = [
  ...[
    'acmeDNS.accountSecretRef', 'akamai.accessTokenSecretRef', 'akamai.clientSecretSecretRef', 'akamai.clientTokenSecretRef',
    'azureDNS.clientSecretSecretRef', 'cloudDNS.serviceAccountSecretRef', 'cloudflare.apiKeySecretRef', 'cloudflare.apiTokenSecretRef',
    'digitalocean.tokenSecretRef', 'route53.accessKeyIDSecretRef',
  ].map((field) => ({ field, refused: ['name', 'key'] as const })),
  { field: 'route53.secretAccessKeySecretRef', stalls: ['key'] },
];

/** Every Secret that an issuer refers to, in all of its fields. */
export function issuerSecrets({ spec, type }: IssuerView): IssuerSecret[] {
  if (type === 'ca') { return whole(spec['ca'], 'secretName', 'ca.secretName'); }
  const source = spec[type ?? ''];
  const solvers = type === 'acme' ? mappings(mapping(source)['solvers']) : [];
  return [
    ...referencesIn(source, REFERENCES[type ?? ''] ?? [], `${type}.`),
    ...(type === 'vault' ? whole(valueAt(source, 'auth.clientCertificate'), 'secretName', 'vault.auth.clientCertificate.secretName', []) : []),
    ...solvers.flatMap((solver, index) => referencesIn(solver['dns01'], [...DNS01_REFERENCES, tsigSecret(solver)], `acme.solvers[${index}].dns01.`)),
  ];
}

/** With a TSIG key name the webhook requires the complete reference, which another rule checks; without one it does not check it. */
function tsigSecret(solver: Mapping): Reference {
  return { field: 'rfc2136.tsigSecretSecretRef', stalls: text(valueAt(solver, 'dns01.rfc2136.tsigKeyName')) === '' ? ['key'] : [] };
}

function referencesIn(source: unknown, references: ReadonlyArray<Reference>, prefix: string): IssuerSecret[] {
  return references.flatMap(({ field, refused = [], stalls = [] }) => {
    const reference = valueAt(source, field);
    if (reference === undefined || reference === null) { return []; }
    const { name, key } = mapping(reference);
    // The schema requires the field; a controller stops if it is empty.
    const stalling = name === undefined || name === null ? stalls.filter((part) => part !== 'name') : stalls;
    return [{ field: `${prefix}${field}`, name: text(name), key: text(key), refused, stalls: stalling }];
  });
}

function whole(parent: unknown, field: string, path: string, refused: ReadonlyArray<Demand> = ['name']): IssuerSecret[] {
  const name = mapping(parent)[field];
  return name === undefined || name === null ? [] : [{ field: path, name: text(name), key: undefined, refused, stalls: [] }];
}
