import type { KubeDbRules } from '../kubedb-rules';
import { became, changed, LABELS, MAPPING, notSupported, oneOf, QUANTITY, refused, same, TEXT, TEXTS, unsupported } from '../../field-rule';
import type { KubeDbContext } from '../kubedb-context';
import { isGiven, mapping, Mapping, text, texts } from '../../../data';
import { sizeExpression } from '../../amounts';
import { call, Constant } from '../../expression';

const ACCESS_MODES: Readonly<Record<string, string>> = {
  ReadWriteMany: 'READ_WRITE_MANY', ReadWriteOncePod: 'READ_WRITE_ONCE_POD', ReadOnlyMany: 'READ_ONLY_MANY',
};

/** Where the data is, and what becomes of it. */
export const STORAGE_FIELDS: KubeDbRules = {
  'spec.storageType': {
    is: oneOf('Durable', 'Ephemeral'),
    take: (value) => (value === 'Durable' ? same("property 'storage': PostgresStorage.durable") : became('storage.ephemeral', true, "property 'storage': PostgresStorage.ephemeral")),
  },
  'spec.storage.resources.requests.storage': {
    is: QUANTITY,
    take: (value) => became('storage.size', sizeExpression(value)!),
    absent: (context) => (isEphemeral(context) ? undefined : refused('is missing', 'set the size of the volume, as KubeDB requires, or storageType: Ephemeral')),
  },
  'spec.storage.resources.limits': notSupported(LABELS, 'volume claims have no limits here'),
  'spec.storage.storageClassName': { is: TEXT, take: (value, context) => (isEphemeral(context) ? changed('without effect on ephemeral storage') : became('storage.storageClassName', String(value))) },
  'spec.storage.accessModes': {
    is: TEXTS,
    take: (value, context) => {
      const modes = texts(value);
      if (isEphemeral(context)) { return changed('without effect on ephemeral storage'); }
      if (modes.length !== 1) { return modes.length === 0 ? same('empty') : unsupported('a volume claim has one access mode here'); }
      if (modes[0] === 'ReadWriteOnce') { return same('the default here, too'); }
      const mode = ACCESS_MODES[modes[0]!];
      return mode === undefined ? refused(`has '${modes[0]!}'`, 'use ReadWriteOnce or ReadWriteOncePod') : became('storage.accessMode', new Constant(`PersistentVolumeAccessMode.${mode}`));
    },
  },
  'spec.storage.volumeMode': notSupported(TEXT, 'data needs a file system', 'Filesystem'),
  'spec.storage.dataSource': { is: MAPPING, knows: ['apiGroup', 'kind', 'name'], take: (value) => dataSource(mapping(value)) },
  'spec.storage.dataSourceRef': { is: MAPPING, knows: ['apiGroup', 'kind', 'name', 'namespace'], take: (value) => dataSource(mapping(value)) },
  'spec.storage.selector': notSupported(MAPPING, 'the volume claim selects no volume by labels; set its fields with an ApiObject patch'),
  'spec.storage.volumeName': notSupported(TEXT, 'the volume claim names no volume: bind it with claimRef of the PersistentVolume (docs/kubedb.md)'),
  'spec.storage.volumeAttributesClassName': notSupported(TEXT, 'the volume claim has no VolumeAttributesClass'),
  'spec.deletionPolicy': {
    only: 'v1',
    is: oneOf('Halt', 'Delete', 'WipeOut', 'DoNotTerminate'),
    take: (value) => deletionPolicy(String(value)),
    absent: ({ spec }) => (isGiven(spec['terminationPolicy']) ? undefined : changed("property 'deletionPolicy' is HALT: the data stays when the database is deleted; KubeDB's default deletes it")),
  },
  'spec.terminationPolicy': { only: 'v1alpha2', is: oneOf('Halt', 'Delete', 'WipeOut', 'DoNotTerminate'), take: (value) => deletionPolicy(String(value)) },
};

function isEphemeral({ spec }: KubeDbContext): boolean {
  return spec['storageType'] === 'Ephemeral';
}

function dataSource({ kind, name, namespace }: Mapping) {
  if (isGiven(namespace)) { return unsupported('content of another namespace'); }
  if (kind === 'VolumeSnapshot') { return became('storage.dataSource', call('VolumeDataSource.volumeSnapshot', text(name))); }
  return kind === 'PersistentVolumeClaim' ? became('storage.dataSource', call('VolumeDataSource.volumeClaim', text(name))) : unsupported(`content of a ${text(kind)}: volume snapshots and volume claims are possible`);
}

function deletionPolicy(policy: string) {
  const set = (name: string) => [['deletionPolicy', new Constant(`DeletionPolicy.${name}`)]] as const;
  switch (policy) {
    case 'Halt': return became('deletionPolicy', new Constant('DeletionPolicy.HALT'));
    case 'Delete': return became('deletionPolicy', new Constant('DeletionPolicy.DELETE'));
    case 'WipeOut': return changed("property 'deletionPolicy' is DELETE: the volume claim is deleted with the StatefulSet, Secrets stay", set('DELETE'));
    default: return changed("property 'deletionPolicy' is HALT: the data stays; that nothing deletes the database is up to your GitOps tool or an admission policy", set('HALT'));
  }
}
