import { ClientConnection, type TargetSessionAttributes } from '../client-connection';
import { READABLE_BY_GROUP } from '../plan/volumes';
import type { PrivateKeyAlgorithm } from '../../cert-manager';
import { literalVariable } from '../../kubernetes';

/** A key of an object in the namespace of the pods. */
export interface WiredKey {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
}

/** What a client needs in its pods, before it is written for any kind of them. */
export interface WiringNeed {
  /** Prefix of the names of volumes, and the directory. */
  readonly name: string;
  readonly envPrefix: string;
  readonly hosts: ReadonlyArray<string>;
  readonly port: number;
  readonly database: string;
  readonly role: string;
  readonly tls: boolean;
  readonly targetSessionAttributes?: TargetSessionAttributes;
  /** Undefined for a client with nothing but a password. */
  readonly certificate?: { readonly secretName: string; readonly secretKeys: ReadonlyArray<string>; readonly algorithm?: PrivateKeyAlgorithm };
  readonly password?: { readonly secretName: string; readonly key: string };
  /** Undefined for the public CAs of the system. */
  readonly trust?: WiredKey;
  /** `fsGroup` of the pod; undefined where it is not set. */
  readonly group?: number;
}

/** A variable of a container: a value, or a key of a Secret. */
export interface WiredVariable {
  readonly name: string;
  readonly value?: string;
  readonly secretKey?: { readonly name: string; readonly key: string };
}

/** A volume with some keys of one object, mounted as a directory. */
export interface WiredVolume {
  readonly name: string;
  readonly mountPath: string;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly objectName: string;
  readonly mode: number;
  readonly items: ReadonlyArray<{ readonly key: string; readonly path: string }>;
}

/** What a pod gets: plain data, from which the pods of cdk8s-plus and plain specifications are written alike. */
export interface ClientWiring {
  readonly variables: ReadonlyArray<WiredVariable>;
  readonly volumes: ReadonlyArray<WiredVolume>;
  readonly group?: number;
}

const DIRECTORY = '/etc/postgresql-client';

/** CA certificates are public. */
const CA_MODE = 0o444;

/** The wiring of a client. */
export function clientWiring(need: WiringNeed): ClientWiring {
  const { envPrefix, password, group } = need;
  const values = Object.entries(clientConnection(need).libpqEnvironment()).map(([name, value]) => ({ name, value: literalVariable(value) }));
  const secrets = password === undefined ? [] : [{ name: 'PGPASSWORD', secretKey: { name: password.secretName, key: password.key } }];
  return {
    variables: [...values, ...secrets].map(({ name, ...variable }) => ({ name: `${envPrefix}${name}`, ...variable })),
    volumes: [...keyVolume(need), ...caVolume(need)],
    group,
  };
}

/** The connection with the paths of the wiring. */
export function clientConnection({ name, hosts, port, database, role, tls, targetSessionAttributes, certificate, trust }: WiringNeed): ClientConnection {
  const keys = pathsOf(name).key;
  return new ClientConnection({
    hosts: [...hosts], port, database, user: role, tls, targetSessionAttributes,
    caFile: trust && `${pathsOf(name).ca}/ca.crt`,
    ...(certificate && {
      certificateFile: `${keys}/tls.crt`, keyFile: `${keys}/tls.key`, keyAlgorithm: certificate.algorithm,
      derKeyFile: certificate.secretKeys.includes('key.der') ? `${keys}/key.der` : undefined,
    }),
  });
}

function pathsOf(name: string): { readonly key: string; readonly ca: string } {
  return { key: `${DIRECTORY}/${name}/key`, ca: `${DIRECTORY}/${name}/ca` };
}

/** The certificate and its key, in every format, without the client CA: a client that took `ca.crt` for that of the server would reject it. */
function keyVolume({ name, certificate }: WiringNeed): WiredVolume[] {
  if (certificate === undefined) { return []; }
  const keys = certificate.secretKeys.filter((key) => key !== 'ca.crt' && !key.startsWith('truststore.')).sort();
  const items = keys.map((key) => ({ key, path: key }));
  return [{ name: `${name}-key`, mountPath: pathsOf(name).key, kind: 'Secret', objectName: certificate.secretName, mode: READABLE_BY_GROUP, items }];
}

/** The CA certificates alone: beside them may be a private key, of the server for example. */
function caVolume({ name, trust }: WiringNeed): WiredVolume[] {
  if (trust === undefined) { return []; }
  return [{ name: `${name}-ca`, mountPath: pathsOf(name).ca, kind: trust.kind, objectName: trust.name, mode: CA_MODE, items: [{ key: trust.key, path: 'ca.crt' }] }];
}
