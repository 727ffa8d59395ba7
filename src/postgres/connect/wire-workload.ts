import { type AbstractPod, ConfigMap, type Container, EnvValue, Secret, Volume } from 'cdk8s-plus-27';
import type { ClientWiring, WiredVariable, WiredVolume } from './client-wiring';
import { containersOf, factsOfContainer } from './pod-facts';
import { containerFaults, variableFaults } from './wiring-faults';

/** A wiring of a workload, and the containers that it is for. */
export interface WorkloadWiring {
  readonly wiring: ClientWiring;
  readonly isWired: (container: string) => boolean;
}

/** The wirings of workloads, for containers that are added later. */
const wirings = new WeakMap<AbstractPod, WorkloadWiring[]>();

/** Adds a wiring to the containers of a workload of cdk8s-plus, and to those that are added later. */
export function wireWorkload(workload: AbstractPod, added: WorkloadWiring): void {
  if (added.wiring.group !== undefined) {
    // cdk8s-plus reads the property when it writes the pod, whatever the kind of the workload; a JSON patch would take precedence over earlier ones of the user's.
    Object.assign(workload.securityContext, { fsGroup: added.wiring.group });
  }
  for (const container of containersOf(workload)) { wireContainer(workload, container, added); }
  const known = wirings.get(workload);
  if (known !== undefined) { known.push(added); return; }
  const all = [added];
  wirings.set(workload, all);
  // A variable of the same name that is added afterwards replaces that of the client without an error of cdk8s-plus.
  workload.node.addValidation({ validate: () => containersOf(workload).flatMap((container) => faultsOf(all, container, variableFaults)) });
  wireLater(workload, (container) => {
    const faults = faultsOf(all, container, containerFaults);
    if (faults.length > 0) { throw new Error(`[${workload.node.path}] ${faults.join('\n')}`); }
    for (const each of all) { wireContainer(workload, container, each); }
  });
}

function faultsOf(all: ReadonlyArray<WorkloadWiring>, container: Container, faults: typeof containerFaults): string[] {
  return all.filter(({ isWired }) => isWired(container.name)).flatMap(({ wiring }) => faults(wiring, factsOfContainer(container))).map((fault) => `PostgresClient.connect: ${fault}`);
}

/** Calls the function for every container that is added from now on. cdk8s-plus has no hook for it. */
function wireLater(workload: AbstractPod, wire: (container: Container) => void): void {
  const attach = workload.attachContainer.bind(workload);
  const addInit = workload.addInitContainer.bind(workload);
  workload.attachContainer = (container) => {
    wire(container);
    attach(container);
  };
  workload.addInitContainer = (props) => {
    const container = addInit(props);
    wire(container);
    return container;
  };
}

function wireContainer(workload: AbstractPod, container: Container, { wiring, isWired }: WorkloadWiring): void {
  if (!isWired(container.name)) { return; }
  for (const variable of wiring.variables) { container.env.addVariable(variable.name, valueOf(workload, variable)); }
  for (const volume of wiring.volumes) {
    // Containers may share one list of mounts; a second client of the same certificate shares its volume.
    if (container.mounts.some(({ path }) => path === volume.mountPath)) { continue; }
    container.mount(volume.mountPath, volumeOf(workload, volume), { readOnly: true });
  }
}

function valueOf(workload: AbstractPod, { value, secretKey }: WiredVariable): EnvValue {
  return secretKey === undefined ? EnvValue.fromValue(value!) : EnvValue.fromSecretValue({ secret: secretOf(workload, secretKey.name), key: secretKey.key });
}

function volumeOf(workload: AbstractPod, { name, kind, objectName, mode, items }: WiredVolume): Volume {
  const id = `volume-${name}`;
  const options = { name, defaultMode: mode, items: Object.fromEntries(items.map(({ key, path }) => [key, { path }])) };
  const known = workload.node.tryFindChild(id) as Volume | undefined;
  return known ?? (kind === 'Secret'
    ? Volume.fromSecret(workload, id, secretOf(workload, objectName), options)
    : Volume.fromConfigMap(workload, id, ConfigMap.fromConfigMapName(workload, `configmap-${name}`, objectName), options));
}

function secretOf(workload: AbstractPod, name: string) {
  const id = `secret-${name}`;
  return (workload.node.tryFindChild(id) as ReturnType<typeof Secret.fromSecretName> | undefined) ?? Secret.fromSecretName(workload, id, name);
}
