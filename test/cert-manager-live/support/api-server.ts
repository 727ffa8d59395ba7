import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';

/** An object of the API; tests look at parts of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ApiObject = any;

export interface Answer {
  readonly status: number;
  readonly body: ApiObject;
}

const RESOURCES: Readonly<Record<string, string>> = {
  Certificate: 'certificates', CertificateRequest: 'certificaterequests', ClusterIssuer: 'clusterissuers', Event: 'events', Issuer: 'issuers',
  Namespace: 'namespaces', Secret: 'secrets',
};
const CLUSTER_SCOPED = ['ClusterIssuer', 'Namespace'];

/** The API server of a kubeconfig's current context over connections that stay open: thousands of requests a minute, which kubectl cannot. */
export class ApiServer {
  /** The server of `KUBECONFIG`. */
  static fromEnvironment(): ApiServer {
    const file = process.env['KUBECONFIG'] ?? '';
    if (file === '') { throw new Error('KUBECONFIG is not set'); }
    const config = parse(readFileSync(file, 'utf8')) as KubeConfig;
    const { context } = named(config.contexts, config['current-context']);
    const { cluster } = named(config.clusters, context.cluster);
    const { user } = named(config.users, context.user);
    const pem = (path: string | undefined, data: string | undefined): Buffer | undefined =>
      (data !== undefined ? Buffer.from(data, 'base64') : path !== undefined ? readFileSync(resolve(dirname(file), path)) : undefined);
    return new ApiServer(cluster.server, user['token'], new Agent({
      keepAlive: true,
      maxSockets: 16,
      ca: pem(cluster['certificate-authority'], cluster['certificate-authority-data']),
      cert: pem(user['client-certificate'], user['client-certificate-data']),
      key: pem(user['client-key'], user['client-key-data']),
    }));
  }

  private constructor(private readonly url: string, private readonly token: string | undefined, private readonly agent: Agent) {}

  /** Creates an object; the answer may be a refusal. */
  create(manifest: ApiObject, options: { readonly dryRun?: boolean } = {}): Promise<Answer> {
    const query = options.dryRun === true ? '?dryRun=All&fieldValidation=Strict' : '?fieldValidation=Strict';
    return this.send('POST', path(manifest.apiVersion, manifest.kind, manifest.metadata.namespace) + query, manifest);
  }

  /** Creates objects; a refusal is an error. */
  async createAll(manifests: readonly ApiObject[]): Promise<void> {
    for (const manifest of manifests) {
      const { status, body } = await this.create(manifest);
      if (status !== 201) { throw new Error(`${manifest.kind} '${manifest.metadata.name}' was not created: ${body.message}`); }
    }
  }

  /** Undefined where there is none. */
  async get(apiVersion: string, kind: string, namespace: string | undefined, name: string): Promise<ApiObject> {
    const { status, body } = await this.send('GET', `${path(apiVersion, kind, namespace)}/${name}`);
    if (status !== 200 && status !== 404) { throw new Error(`GET ${kind} '${name}': ${body.message}`); }
    return status === 404 ? undefined : body;
  }

  async list(apiVersion: string, kind: string, namespace: string | undefined, labelSelector = ''): Promise<ApiObject[]> {
    const { status, body } = await this.send('GET', `${path(apiVersion, kind, namespace)}?labelSelector=${encodeURIComponent(labelSelector)}`);
    if (status !== 200) { throw new Error(`list of ${kind}: ${body.message}`); }
    return body.items;
  }

  async remove(apiVersion: string, kind: string, namespace: string | undefined, name: string): Promise<void> {
    const { status, body } = await this.send('DELETE', `${path(apiVersion, kind, namespace)}/${name}`);
    if (status >= 300 && status !== 404) { throw new Error(`DELETE ${kind} '${name}': ${body.message}`); }
  }

  /** Writes an object that was read before. */
  async replace(object: ApiObject): Promise<void> {
    const { status, body } = await this.send('PUT', `${path(object.apiVersion, object.kind, object.metadata.namespace)}/${object.metadata.name}`, object);
    if (status !== 200) { throw new Error(`${object.kind} '${object.metadata.name}' was not changed: ${body.message}`); }
  }

  /** Writes the status of an object that was read before. */
  async replaceStatus(object: ApiObject): Promise<void> {
    const { status, body } = await this.send('PUT', `${path(object.apiVersion, object.kind, object.metadata.namespace)}/${object.metadata.name}/status`, object);
    if (status !== 200) { throw new Error(`status of ${object.kind} '${object.metadata.name}': ${body.message}`); }
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, target: string, body?: object): Promise<Answer> {
    return new Promise((fulfil, reject) => {
      const headers = { 'content-type': 'application/json', ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }) };
      const outgoing = request(new URL(target, this.url), { method, headers, agent: this.agent, timeout: 60_000 }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => {
          const text = Buffer.concat(chunks).toString();
          try {
            fulfil({ status: incoming.statusCode!, body: JSON.parse(text) });
          } catch {
            reject(new Error(`${method} ${target}: ${incoming.statusCode} ${text}`));
          }
        });
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${target}: no answer within a minute`)));
      outgoing.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** Runs a task for every value, at most `width` at a time, and keeps the order of the results. */
export async function inParallel<T, R>(width: number, values: readonly T[], task: (value: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(values.length);
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    for (let index = next++; index < values.length; index = next++) { results[index] = await task(values[index]!, index); }
  }));
  return results;
}

/** Looks again and again until there is an answer; after the deadline it is an error with what was seen last. */
export async function until<T>(what: string, seconds: number, look: () => Promise<T | undefined>, seen: () => Promise<unknown> = async () => ''): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) { return answer; }
    if (Date.now() > deadline) { throw new Error(`${what} did not happen within ${seconds} s: ${JSON.stringify(await seen())}`); }
    await delay(200);
  }
}

function path(apiVersion: string, kind: string, namespace: string | undefined): string {
  const resource = RESOURCES[kind];
  if (resource === undefined) { throw new Error(`no resource is known for ${kind}`); }
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  return CLUSTER_SCOPED.includes(kind) || namespace === undefined ? `${root}/${resource}` : `${root}/namespaces/${namespace}/${resource}`;
}

interface KubeConfig {
  readonly 'current-context': string;
  readonly 'contexts': readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly 'clusters': readonly { readonly name: string; readonly cluster: Record<string, string> & { readonly server: string } }[];
  readonly 'users': readonly { readonly name: string; readonly user: Record<string, string> }[];
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((entry) => entry.name === name);
  if (found === undefined) { throw new Error(`the kubeconfig has no '${name}'`); }
  return found;
}
