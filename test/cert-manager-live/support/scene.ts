import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { manifestsOf, ruleTexts } from '../../../tools/rule-pages';
import { until, type ApiObject } from './api-server';
import { condition, isReady, type Ground } from './ground';

const GROUP = 'cert-manager.io/v1';
const APPLIED = ['Certificate', 'ClusterIssuer', 'Issuer', 'Secret'];

export type Pem = Readonly<Record<string, string>>;

/** The wrong example of a rule's section. */
export function wrongExample(code: string): ApiObject[] {
  const section = ruleTexts().find((candidate) => candidate.code === code);
  if (section === undefined) { throw new Error(`no section explains ${code}`); }
  return manifestsOf(section.wrong);
}

/** Objects that are wrong in one way, in namespaces of their own on a cluster with cert-manager. */
export class Scene {
  private readonly namespaces = new Set<string>();

  constructor(private readonly ground: Ground, private readonly name: string) {}

  /** The namespace that stands for one of the manifests. */
  namespace(name = 'demo'): string {
    return `${this.ground.namespace}-${this.name}-${name}`.toLowerCase();
  }

  /** Creates what cert-manager acts upon, and an Issuer that signs by itself wherever one is only named. */
  async apply(manifests: readonly ApiObject[]): Promise<void> {
    const objects = manifests.filter(({ kind }) => APPLIED.includes(kind)).map((manifest) => this.placed(manifest));
    for (const { kind, metadata, spec } of [...objects]) {
      if (kind !== 'Certificate' || (spec.issuerRef.kind ?? 'Issuer') !== 'Issuer') { continue; }
      const known = objects.some((other) => other.kind === 'Issuer' && other.metadata.name === spec.issuerRef.name && other.metadata.namespace === metadata.namespace);
      if (!known) { objects.unshift({ apiVersion: GROUP, kind: 'Issuer', metadata: { name: spec.issuerRef.name, namespace: metadata.namespace }, spec: { selfSigned: {} } }); }
    }
    for (const { metadata: { namespace } } of objects) { if (namespace !== undefined) { await this.create(namespace); } }
    await this.ground.api.createAll(objects);
  }

  /** Creates objects as they are. */
  async applyOnly(manifests: readonly ApiObject[]): Promise<void> {
    const objects = manifests.map((manifest) => this.placed(manifest));
    for (const { metadata: { namespace } } of objects) { if (namespace !== undefined) { await this.create(namespace); } }
    await this.ground.api.createAll(objects);
  }

  get(kind: string, name: string, namespace = 'demo'): Promise<ApiObject> {
    return kind === 'ClusterIssuer'
      ? this.ground.api.get(GROUP, kind, undefined, this.clusterName(name))
      : this.ground.api.get(kind === 'Secret' ? 'v1' : GROUP, kind, this.namespace(namespace), name);
  }

  requests(namespace = 'demo'): Promise<ApiObject[]> {
    return this.ground.api.list(GROUP, 'CertificateRequest', this.namespace(namespace));
  }

  async events(namespace = 'demo'): Promise<string[]> {
    return (await this.ground.api.list('v1', 'Event', this.namespace(namespace))).map((event) => `${event.involvedObject.kind} ${event.reason}: ${event.message}`);
  }

  /** The Secret of a Certificate, once it is ready. */
  async issued(certificate: string, namespace = 'demo'): Promise<Pem> {
    const { spec } = await until(`Certificate '${certificate}' being ready`, 60, async () => {
      const object = await this.get('Certificate', certificate, namespace);
      return object !== undefined && isReady(object) ? object : undefined;
    }, async () => [(await this.get('Certificate', certificate, namespace))?.status, await this.events(namespace)]);
    return this.secret(spec.secretName, namespace);
  }

  async secret(name: string, namespace = 'demo'): Promise<Pem> {
    const { data } = await this.get('Secret', name, namespace);
    // Binary values are read as one byte a character.
    return Object.fromEntries(Object.entries(data as Record<string, string>).map(([key, value]) => [key, Buffer.from(value, 'base64').toString(key.endsWith('.der') || key.endsWith('.p12') ? 'latin1' : 'utf8')]));
  }

  /** Status, reason and message of a condition, once they match. */
  conditionOf(kind: string, name: string, type: string, wanted: RegExp, namespace = 'demo'): Promise<string> {
    const look = async (): Promise<string> => {
      const found = condition(await this.get(kind, name, namespace), type);
      return found === undefined ? 'nothing' : `${found.status} ${found.reason}: ${found.message}`;
    };
    return until(`${kind} '${name}' with ${wanted}`, 30, async () => {
      const message = await look();
      return wanted.test(message) ? message : undefined;
    }, async () => [await look(), await this.events(namespace)]);
  }

  /** That a request waits, and why. */
  waits(wanted: RegExp, namespace = 'demo'): Promise<string> {
    const look = async (): Promise<string[]> => (await this.requests(namespace)).map((request) => `${condition(request, 'Ready')?.reason}: ${condition(request, 'Ready')?.message}`);
    return until(`a request with the message ${wanted}`, 30, async () => (await look()).find((message) => wanted.test(message)), look);
  }

  /** That a Certificate has come to nothing, some time after everything else is done. */
  async stays(certificate: string, namespace = 'demo'): Promise<ApiObject> {
    await delay(5000);
    const object = await this.get('Certificate', certificate, namespace);
    if (isReady(object)) { throw new Error(`Certificate '${certificate}' is ready after all`); }
    return object;
  }

  /** Changes fields of the spec of a Certificate that is issued, as a second synthesis does. */
  async change(certificate: string, spec: object): Promise<void> {
    // Changed while it is still being issued, cert-manager would issue it again with the private key of the issuance before.
    await this.written(certificate, (object) => this.ground.api.replace({ ...object, spec: { ...object.spec, ...spec } }));
  }

  /** Issues again now, as `cmctl renew` does. */
  async renew(certificate: string): Promise<void> {
    const { status } = await this.written(certificate, (object) => {
      const conditions = [...object.status.conditions, { type: 'Issuing', status: 'True', reason: 'ManuallyTriggered', message: 'renewed by a test', lastTransitionTime: new Date().toISOString(), observedGeneration: object.metadata.generation }];
      return this.ground.api.replaceStatus({ ...object, status: { ...object.status, conditions } });
    });
    await this.settled(certificate, status.revision);
  }

  /** Writes a Certificate that is issued. cert-manager writes it at the same time: on a conflict it is read again, as every client of the API does. */
  private written(certificate: string, write: (object: ApiObject) => Promise<unknown>): Promise<ApiObject> {
    return until(`Certificate '${certificate}' being written`, 30, async () => {
      const object = await this.settled(certificate);
      return write(object).then(() => object, (error: Error) => {
        if (!/the object has been modified/.test(error.message)) { throw error; }
        return undefined;
      });
    });
  }

  /**
   * A Certificate that is issued as it stands: ready for its newest generation and no longer being issued. Its Secret is there, and it ready, a
   * moment before the condition Ready of the Certificate is True.
   */
  private settled(certificate: string, after = 0): Promise<ApiObject> {
    return until(`Certificate '${certificate}' having been issued${after === 0 ? '' : ' again'}`, 30, async () => {
      const now = await this.get('Certificate', certificate);
      const isCurrent = now?.status?.revision > after && condition(now, 'Ready')?.observedGeneration === now.metadata.generation;
      return isCurrent && condition(now, 'Issuing') === undefined && isReady(now) ? now : undefined;
    }, async () => (await this.get('Certificate', certificate)).status);
  }

  private clusterName(name: string): string {
    return this.ground.unique(`${this.name}-${name}`.toLowerCase());
  }

  private placed(manifest: ApiObject): ApiObject {
    const { kind, metadata } = manifest;
    if (kind === 'ClusterIssuer') { return { ...manifest, metadata: { ...metadata, namespace: undefined, name: this.clusterName(metadata.name), labels: this.ground.labels } }; }
    const { issuerRef } = manifest.spec ?? {};
    const spec = issuerRef?.kind === 'ClusterIssuer' ? { ...manifest.spec, issuerRef: { ...issuerRef, name: this.clusterName(issuerRef.name) } } : manifest.spec;
    return { ...manifest, metadata: { ...metadata, namespace: this.namespace(metadata.namespace) }, ...(spec === undefined ? {} : { spec }) };
  }

  private async create(namespace: string): Promise<void> {
    if (this.namespaces.has(namespace)) { return; }
    this.namespaces.add(namespace);
    await this.ground.api.createAll([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: this.ground.labels } }]);
  }
}

/** The result of `openssl verify` for a certificate and its chain: `OK`, or its errors. */
export function opensslVerify(secret: Pem, trust: string, ...options: string[]): Promise<string> {
  return withFiles({ 'leaf.pem': secret['tls.crt']!, 'trust.pem': trust }, (file) =>
    run('openssl', ['verify', '-CAfile', file('trust.pem'), '-untrusted', file('leaf.pem'), ...options, file('leaf.pem')]));
}

/** Runs a command with files that are gone afterwards; its output is returned for every exit code. */
export async function withFiles(files: Readonly<Record<string, string | Buffer>>, use: (file: (name: string) => string) => Promise<string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    for (const [name, content] of Object.entries(files)) { writeFileSync(join(folder, name), content); }
    return await use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, (_, stdout, stderr) => resolve(`${stdout}${stderr}`.trim()));
  });
}
