import { meets } from './label-selector';
import { ManifestIndex } from './manifest-index';
import { PodView } from './pod-view';
import { writtenLabels } from './run-time-labels';
import { groupBy, mapping, Mapping, mappings, memoizeByObject, text } from '../data';

/** The pods of an app by label. The index is built once, on first use. */
export class PodSelection {
  public static readonly of = memoizeByObject((manifests: ManifestIndex): PodSelection => new PodSelection(manifests));

  private readonly labels: ReadonlyMap<PodView, Mapping>;
  private readonly labelled: ReadonlyMap<string, ReadonlyArray<{ readonly pod: PodView }>>;
  private readonly inNamespace: ReadonlyMap<string, ReadonlyArray<PodView>>;

  private constructor({ pods }: ManifestIndex) {
    this.labels = new Map(pods.map((pod) => [pod, { ...pod.labels, ...(pod.at.kind === 'StatefulSet' ? firstPodLabels(pod.at.name) : {}) }]));
    this.inNamespace = groupBy(pods, ({ at: { namespace } }) => namespace ?? '');
    const entries = [...this.labels].flatMap(([pod, labels]) => Object.entries(labels).map(([name, value]) => ({ pod, key: labelKey(pod.at.namespace, name, value) })));
    this.labelled = groupBy(entries, ({ key }) => key);
  }

  /** The pods of a namespace that a label selector certainly matches; none for an empty selector. */
  public selected(namespace: string | undefined, selector: unknown): ReadonlyArray<PodView> {
    const { matchExpressions } = mapping(selector);
    const matchLabels = writtenLabels(mapping(selector)['matchLabels']);
    const byLabel = Object.entries(matchLabels).map(([name, value]) => this.labelled.get(labelKey(namespace, name, value)) ?? []);
    if (byLabel.length === 0 && mappings(matchExpressions).length === 0) { return []; }
    const [fewest] = byLabel.sort((a, b) => a.length - b.length);
    return (fewest?.map(({ pod }) => pod) ?? this.all(namespace)).filter((pod) => meets({ ...mapping(selector), matchLabels }, this.labels.get(pod)!) === 'yes');
  }

  /** Every pod of a namespace. */
  public all(namespace: string | undefined): ReadonlyArray<PodView> {
    return this.inNamespace.get(namespace ?? '') ?? [];
  }
}

/** What the controller of a StatefulSet adds to the labels of its first pod, which represents all of them here. */
export function firstPodLabels(statefulSet: string): Record<string, string> {
  return { 'statefulset.kubernetes.io/pod-name': `${statefulSet}-0`, 'apps.kubernetes.io/pod-index': '0' };
}

function labelKey(namespace: string | undefined, name: string, value: unknown): string {
  return `${namespace ?? ''} ${name}=${text(value)}`;
}
