import { type Mapping, mapping, mappings, text, texts } from '../../data';

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The peer of a NetworkPolicy in words, for a policy of a namespace. */
export function describePeer(peer: Mapping | undefined, namespace: string | undefined): string {
  if (peer === undefined) { return 'every pod and every network'; }
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock !== undefined && ipBlock !== null) {
    const { cidr, except } = mapping(ipBlock);
    const holes = texts(except);
    return `network ${text(cidr)}${holes.length === 0 ? '' : ` except ${holes.join(', ')}`}`;
  }
  const labels = describeSelector(podSelector);
  const who = labels === '' ? 'every pod' : `pods with ${labels}`;
  if (namespaceSelector === undefined || namespaceSelector === null) { return `${who} of ${namespace === undefined ? 'its namespace' : `namespace '${namespace}'`}`; }
  const where = describeNamespaces(mapping(namespaceSelector));
  return `${who} of ${where}`;
}

function describeNamespaces(selector: Mapping): string {
  const { [NAMESPACE_NAME]: name, ...others } = mapping(selector['matchLabels']);
  const rest = describeSelector({ ...selector, matchLabels: others });
  if (name !== undefined) { return `namespace '${text(name)}'${rest === '' ? '' : ` with ${rest}`}`; }
  return rest === '' ? 'the cluster' : `namespaces with ${rest}`;
}

/** A label selector as kubectl takes it; empty for all. */
function describeSelector(selector: unknown): string {
  const { matchLabels, matchExpressions } = mapping(selector);
  return [
    ...Object.entries(mapping(matchLabels)).map(([name, value]) => `${name}=${text(value)}`),
    ...mappings(matchExpressions).map(({ key, operator, values }) => {
      switch (text(operator)) {
        case 'Exists': return text(key);
        case 'DoesNotExist': return `!${text(key)}`;
        default: return `${text(key)} ${text(operator) === 'In' ? 'in' : 'notin'} (${texts(values).join(',')})`;
      }
    }),
  ].join(',');
}
