import { CertManagerVersion } from './cert-manager-version';
import { type ControllerContainer, controllerContainers, optionIn } from './controller-arguments';
import { mapping, text, texts, valueAt } from '../data';
import { dnsLabelError } from '../formats';
import { type HelmInstallation, helmInstallations, type Manifest } from '../kubernetes';

/** What a manifest states about the cluster. */
export interface Statement<Value> {
  readonly value: Value;
  readonly by: Manifest;
  /** The field of the manifest. */
  readonly field: string;
  /** Whether it is in a file of values, of which it is not known which release uses them. */
  readonly isLoose?: boolean;
}

/** The feature gates of one program. */
interface GateStatement extends Statement<ReadonlyMap<string, boolean>> {
  readonly program: 'controller' | 'webhook';
}

/** Settings of the cluster as manifests state them, in the order of the manifests. */
export interface StatedAssumptions {
  readonly certManagerVersion: ReadonlyArray<Statement<CertManagerVersion>>;
  readonly clusterResourceNamespace: ReadonlyArray<Statement<string>>;
  readonly trustNamespace: ReadonlyArray<Statement<string>>;
  readonly featureGates: ReadonlyArray<GateStatement>;
}

const CONTROLLER = 'cert-manager-controller';
const WEBHOOK = 'cert-manager-webhook';
const TRUST_MANAGER = 'trust-manager';
const PROGRAMS = new Set([CONTROLLER, WEBHOOK, TRUST_MANAGER]);

/**
 * Settings of cert-manager and trust-manager that manifests state: HelmReleases of Flux and Applications of Argo CD that install their charts, and Deployments of
 * the programs. What a manifest leaves to a file or to a placeholder is not stated.
 *
 * @param values values for charts in files of their own
 *
 * Source: cert-manager, deploy/charts/cert-manager (values, templates/deployment.yaml, templates/webhook-deployment.yaml),
 * internal/apis/config/controller/v1alpha1/defaults.go; trust-manager, deploy/charts/trust-manager.
 */
export function statedAssumptions(manifests: ReadonlyArray<Manifest>, values: ReadonlyArray<Manifest> = []): StatedAssumptions {
  // Bitnami's chart has the same name, other values and versions of its own.
  const charts = helmInstallations(manifests).filter(({ repository }) => !/bitnami/i.test(repository));
  const certManager = charts.filter(({ chart }) => chart === 'cert-manager');
  const trustManager = charts.filter(({ chart }) => chart === 'trust-manager');
  const containers = controllerContainers(manifests, PROGRAMS);
  const ofValues = (path: string) => values.flatMap((by) => namespaceIn(by, path, text(valueAt(by.manifest, path))).map((statement) => ({ ...statement, isLoose: true })));
  const ofProgram = (name: string) => containers.filter(({ program }) => program === name);
  return {
    certManagerVersion: [...certManager.flatMap(versionOfChart), ...ofProgram(CONTROLLER).flatMap(versionOfContainer)],
    clusterResourceNamespace: [...certManager.flatMap(resourceNamespaceOfChart), ...ofProgram(CONTROLLER).flatMap((container) => namespaceOption(container, 'cluster-resource-namespace', 'kube-system')), ...ofValues('clusterResourceNamespace')],
    trustNamespace: [...trustManager.flatMap(trustNamespaceOfChart), ...ofProgram(TRUST_MANAGER).flatMap((container) => namespaceOption(container, 'trust-namespace', 'cert-manager')), ...ofValues('app.trust.namespace')],
    featureGates: [
      ...certManager.flatMap((chart) => [...gatesOfChart(chart, 'controller', ''), ...gatesOfChart(chart, 'webhook', 'webhook.')]),
      ...ofProgram(CONTROLLER).flatMap((container) => gatesOfContainer(container, 'controller')),
      ...ofProgram(WEBHOOK).flatMap((container) => gatesOfContainer(container, 'webhook')),
    ],
  };
}

function versionOfChart({ at, version, valueOf }: HelmInstallation): Statement<CertManagerVersion>[] {
  const image = valueOf('image.tag');
  return versionIn(at, image?.field ?? version.field, text(image?.value ?? version.value));
}

function versionOfContainer({ at, field, tag }: ControllerContainer): Statement<CertManagerVersion>[] {
  return versionIn(at, `${field}.image`, tag);
}

/** A version, or a range inside of one minor release: `1.20.x`, `~1.20.1`. In wider ranges the release is known in the cluster only. */
function versionIn(by: Manifest, field: string, version: string): Statement<CertManagerVersion>[] {
  const minor = version.trim().match(/^[=~]?\s*v?1\.(\d+)(?:\.(?:\d+|[xX*]))?(?:[-+][\w.+-]*)?$/)?.[1];
  return minor === undefined ? [] : [{ value: CertManagerVersion.of(`1.${minor}`), by, field }];
}

/** The namespace that an argument or a value names, or else the one that the chart runs cert-manager in. */
function resourceNamespaceOfChart(chart: HelmInstallation): Statement<string>[] {
  const { at, valueOf, hasOtherValues, namespace } = chart;
  const given = [argumentIn(chart, 'extraArgs', 'cluster-resource-namespace'), valueOf('clusterResourceNamespace')].find((setting) => text(setting?.value) !== '');
  if (given !== undefined || hasOtherValues) { return given === undefined ? [] : namespaceIn(at, given.field, text(given.value)); }
  const own = valueOf('namespace');
  return text(own?.value) === '' ? namespaceIn(at, namespace.field, namespace.value) : namespaceIn(at, own!.field, text(own!.value));
}

function trustNamespaceOfChart({ at, valueOf, hasOtherValues, version }: HelmInstallation): Statement<string>[] {
  const value = valueOf('app.trust.namespace');
  if (value !== undefined) { return namespaceIn(at, value.field, text(value.value)); }
  // The default of the chart, whatever namespace it is installed in.
  return hasOtherValues ? [] : namespaceIn(at, version.field.replace(/\.(version|targetRevision)$/, ''), 'cert-manager');
}

function namespaceOption({ at, field, option, hasFile }: ControllerContainer, name: string, otherwise: string): Statement<string>[] {
  const value = option(name);
  return value === undefined && hasFile ? [] : namespaceIn(at, value === undefined ? field : `${field}.args`, value ?? otherwise);
}

/** Placeholders are not names. */
function namespaceIn(by: Manifest, field: string, value: string): Statement<string>[] {
  return dnsLabelError(value) === undefined ? [{ value, by, field }] : [];
}

function argumentIn({ valueOf }: HelmInstallation, list: string, name: string): { readonly field: string; readonly value: string } | undefined {
  const given = valueOf(list);
  const value = optionIn(texts(given?.value), name);
  return value === undefined ? undefined : { field: given!.field, value };
}

function gatesOfChart(chart: HelmInstallation, program: GateStatement['program'], prefix: string): GateStatement[] {
  const { at, valueOf } = chart;
  const file = valueOf(`${prefix}config.featureGates`);
  const value = valueOf(`${prefix}featureGates`);
  const argument = argumentIn(chart, `${prefix}extraArgs`, 'feature-gates');
  const inFile = new Map(Object.entries(mapping(file?.value)).map(([name, isOn]) => [name, text(isOn) === 'true']));
  const gates = new Map([...inFile, ...gatesIn(text(value?.value)), ...gatesIn(argument?.value ?? '')]);
  return gates.size === 0 ? [] : [{ program, value: gates, by: at, field: (argument ?? value ?? file)!.field }];
}

function gatesOfContainer({ at, field, option }: ControllerContainer, program: GateStatement['program']): GateStatement[] {
  const value = gatesIn(option('feature-gates') ?? '');
  return value.size === 0 ? [] : [{ program, value, by: at, field: `${field}.args` }];
}

/** `A=true,B=false`. */
function gatesIn(list: string): Map<string, boolean> {
  return new Map(list.split(',').flatMap((entry) => {
    const [, name, value] = /^\s*(\w+)\s*=\s*(true|false)\s*$/i.exec(entry) ?? [];
    return name === undefined ? [] : [[name, value!.toLowerCase() === 'true'] as const];
  }));
}
