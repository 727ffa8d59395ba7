import type { Manifest } from './manifest';
import { Mapping, mapping, mappings, memoizeByObject, text, valueAt } from '../data';
import { yamlLibrary } from '../formats';

/** A chart that a manifest has a GitOps controller install. */
export interface HelmInstallation {
  readonly at: Manifest;
  /** Name of the chart, without repository and folders. */
  readonly chart: string;
  /** Address or name of the repository that has it. */
  readonly repository: string;
  /** Name of the release. */
  readonly release: string;
  /** As written; empty if no version is named. */
  readonly version: PlacedText;
  /** Namespace of the release; empty if the manifest does not state it. */
  readonly namespace: PlacedText;
  /** A value of the chart, by its dotted path; undefined if the manifest does not set it. */
  readonly valueOf: (path: string) => PlacedSetting | undefined;
  /** The place of a value of the chart, set or not. */
  readonly fieldOf: (path: string) => string;
  /** Whether values that are not in the manifest are used as well, for what it does not set. */
  readonly hasOtherValues: boolean;
  /** Whether the manifest is a patch of another one that installs the chart. */
  readonly isPatch: boolean;
}

/** A value and the field that has it. */
export interface PlacedSetting {
  readonly field: string;
  readonly value: unknown;
}

interface PlacedText extends PlacedSetting {
  readonly value: string;
}

/** Finds the object that a chart is taken from. */
type FindSource = (kind: string, namespace: string | undefined, name: string) => Manifest | undefined;

/**
 * The charts that HelmReleases of Flux and Applications of Argo CD install into the cluster of the manifests.
 *
 * Source: Flux, API reference of helm.toolkit.fluxcd.io (chart, chartRef, targetNamespace, valuesFrom below values); Argo CD, docs/user-guide/helm.md (parameters
 * before valuesObject before values before valueFiles).
 */
export const helmInstallations = memoizeByObject((manifests: ReadonlyArray<Manifest>): ReadonlyArray<HelmInstallation> => {
  const sources = manifests.filter(({ group }) => group === 'source.toolkit.fluxcd.io');
  const findSource: FindSource = (kind, namespace, name) => sources.find((object) => object.kind === kind && object.name === name && object.namespace === namespace);
  const releases = manifests.filter(({ group, kind }) => group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease');
  return manifests.flatMap((at) => {
    switch (`${at.group}/${at.kind}`) {
      case 'helm.toolkit.fluxcd.io/HelmRelease': return ofHelmRelease(at, releases, findSource);
      case 'argoproj.io/Application': return ofApplication(at, 'spec');
      case 'argoproj.io/ApplicationSet': return ofApplication(at, 'spec.template.spec');
      default: return [];
    }
  });
});

function ofHelmRelease(at: Manifest, releases: ReadonlyArray<Manifest>, findSource: FindSource): HelmInstallation[] {
  // With a kubeConfig the chart is installed into another cluster.
  if (at.spec['kubeConfig'] !== undefined) { return []; }
  if (!namesChart(at)) { return ofPatch(at, releases, findSource); }
  const source = chartSource(at, findSource);
  if (source === undefined) { return []; }
  const { targetNamespace, valuesFrom, releaseName } = at.spec;
  return [{
    at,
    chart: lastPart(source.chart),
    repository: source.repository,
    release: text(releaseName) || [text(targetNamespace), at.name].filter((part) => part !== '').join('-'),
    version: source.version,
    namespace: targetNamespace === undefined ? { field: 'metadata.namespace', value: at.namespace ?? '' } : placed(at, 'spec.targetNamespace'),
    valueOf: (path) => settingAt(at.spec['values'], path, 'spec.values'),
    fieldOf: (path) => `spec.values.${path}`,
    isPatch: false,
    hasOtherValues: mappings(valuesFrom).length > 0 || isSet(valueAt(at.spec, 'chart.spec.valuesFiles')),
  }];
}

/** A patch of an overlay: what it sets, for the chart of the release that it changes. */
function ofPatch(at: Manifest, releases: ReadonlyArray<Manifest>, findSource: FindSource): HelmInstallation[] {
  const mayBeIn = (namespace: string | undefined) => at.namespace === undefined || namespace === undefined || namespace === at.namespace;
  const patched = releases.find((release) => release.name === at.name && namesChart(release) && mayBeIn(release.namespace));
  const none = { field: '', value: '' };
  return (patched === undefined ? [] : ofHelmRelease(patched, releases, findSource)).map(({ chart, repository, release }) => ({
    at, chart, repository, release, version: placed(at, 'spec.chart.spec.version'), namespace: none, isPatch: true, hasOtherValues: true,
    valueOf: (path) => settingAt(at.spec['values'], path, 'spec.values'), fieldOf: (path) => `spec.values.${path}`,
  }));
}

function namesChart({ spec }: Manifest): boolean {
  return text(valueAt(spec, 'chart.spec.chart')) !== '' || isSet(spec['chartRef']);
}

interface ChartSource {
  readonly chart: string;
  readonly repository: string;
  readonly version: PlacedText;
}

function chartSource(at: Manifest, findSource: FindSource): ChartSource | undefined {
  const { kind, name, namespace } = mapping(at.spec['chartRef']);
  if (name === undefined) {
    const reference = mapping(valueAt(at.spec, 'chart.spec.sourceRef'));
    const repository = findSource(text(reference['kind']), text(reference['namespace']) || at.namespace, text(reference['name']));
    return { chart: text(valueAt(at.spec, 'chart.spec.chart')), repository: text(repository?.spec['url'] ?? reference['name']), version: placed(at, 'spec.chart.spec.version') };
  }
  const source = findSource(text(kind), text(namespace) || at.namespace, text(name));
  if (source === undefined) { return undefined; }
  const url = text(source.spec['url']);
  return source.kind === 'HelmChart'
    ? { chart: text(source.spec['chart']), repository: text(valueAt(source.spec, 'sourceRef.name')), version: { field: 'spec.chartRef', value: text(source.spec['version']) } }
    : { chart: url, repository: url, version: { field: 'spec.chartRef', value: text(valueAt(source.spec, 'ref.tag') ?? valueAt(source.spec, 'ref.semver')) } };
}

function ofApplication(at: Manifest, path: string): HelmInstallation[] {
  const spec = mapping(valueAt(at.manifest, path));
  const single = spec['source'] === undefined ? [] : [{ source: mapping(spec['source']), field: `${path}.source` }];
  const sources = [...single, ...mappings(spec['sources']).map((source, index) => ({ source, field: `${path}.sources[${index}]` }))];
  return sources.flatMap(({ source, field }) => {
    const repository = text(source['repoURL']);
    const helm = mapping(source['helm']);
    const namespace = isSet(helm['namespace']) ? { field: `${field}.helm.namespace`, value: text(helm['namespace']) } : { field: `${path}.destination.namespace`, value: text(valueAt(spec, 'destination.namespace')) };
    const version = { field: `${field}.targetRevision`, value: text(source['targetRevision']) };
    const hasFiles = Array.isArray(helm['valueFiles']) && helm['valueFiles'].length > 0;
    const isUnreadable = !isSet(helm['valuesObject']) && text(helm['values']).trim() !== '' && parsed(text(helm['values'])) === undefined;
    // A folder of Git with a chart has a version of its own.
    const chart = text(source['chart']) || (repository.startsWith('oci://') ? repository : '');
    return [{
      at, chart: lastPart(chart || text(source['path'])), repository, release: text(helm['releaseName']) || text(valueAt(at.manifest, path === 'spec' ? 'metadata.name' : 'spec.template.metadata.name')),
      version: chart === '' ? { ...version, value: '' } : version, namespace, isPatch: false, hasOtherValues: hasFiles || isUnreadable,
      valueOf: argoValue(helm, `${field}.helm`), fieldOf: (name) => (isSet(helm['valuesObject']) ? `${field}.helm.valuesObject.${name}` : `${field}.helm.values`),
    }];
  });
}

function argoValue(helm: Mapping, field: string): HelmInstallation['valueOf'] {
  const isObject = isSet(helm['valuesObject']);
  const values = isObject ? helm['valuesObject'] : parsed(text(helm['values']));
  return (path) => {
    const parameters = mappings(helm['parameters']);
    const index = parameters.findIndex(({ name }) => name === path);
    if (index !== -1) { return { field: `${field}.parameters[${index}].value`, value: parameters[index]!['value'] }; }
    const found = settingAt(values, path, `${field}.valuesObject`);
    return found === undefined || isObject ? found : { ...found, field: `${field}.values` };
  };
}

/** A text that holds YAML; nothing if it is not valid, or a template. */
function parsed(yaml: string): unknown {
  if (yaml === '') { return undefined; }
  try {
    return yamlLibrary().parse(yaml, { logLevel: 'error', maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
}

function settingAt(values: unknown, path: string, field: string): PlacedSetting | undefined {
  const value = valueAt(values, path);
  return isSet(value) ? { field: `${field}.${path}`, value } : undefined;
}

function placed({ manifest }: Manifest, field: string): PlacedText {
  return { field, value: text(valueAt(manifest, field)) };
}

function lastPart(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '');
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
