import type { KubeDbRules } from '../kubedb-rules';
import { became, changed, FLAG, MAPPING, NAME, notSupported, TEXT, unsupported } from '../../field-rule';
import { text } from '../../../data';
import { call } from '../../expression';

const VOLUMES = [
  'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'git',
  'gitRepo', 'glusterfs', 'hostPath', 'image', 'iscsi', 'nfs', 'persistentVolumeClaim', 'photonPersistentDisk', 'portworxVolume', 'projected', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume',
];

/** What runs on a new database. */
export const INITIALIZATION_FIELDS: KubeDbRules = {
  'spec.init.script.configMap.name': { is: NAME, take: (value, context) => became('init.scripts', call('InitScripts.fromConfigMap', context.configMap(String(value)))) },
  'spec.init.script.secret.secretName': { is: NAME, take: (value, context) => became('init.scripts', call('InitScripts.fromSecret', context.secret(String(value)))) },
  ...Object.fromEntries(['configMap', 'secret'].flatMap((source) => [
    [`spec.init.script.${source}.items`, notSupported({ name: 'a list', accepts: Array.isArray }, 'every key runs: move the others into another object')],
    [`spec.init.script.${source}.optional`, notSupported(FLAG, 'the pod waits for the scripts', false)],
    [`spec.init.script.${source}.defaultMode`, { is: { name: 'an integer', accepts: Number.isInteger }, take: () => changed('without effect: scripts are run by name, not by their mode') }],
  ])),
  'spec.init.script.scriptPath': {
    is: TEXT,
    take: (value) => changed(`left out: every key runs in the order of the names, and not '${text(value)}' alone`),
  },
  ...Object.fromEntries(VOLUMES.map((volume) => [
    `spec.init.script.${volume}`, { is: MAPPING, take: () => unsupported('scripts of this volume: put them into a ConfigMap or a Secret') },
  ])),
  'spec.init.archiver': {
    is: MAPPING,
    knows: ['encryptionSecret', 'fullDBRepository', 'manifestOptions', 'manifestRepository', 'recoveryTimestamp', 'replicationStrategy'],
    take: () => unsupported('recovery from an archive of WAL is planned; until then create the volume from a snapshot (PostgresStorage.durable, dataSource)'),
  },
  'spec.init.waitForInitialRestore': notSupported(FLAG, 'the database does not wait for a restore: restore a dump, or create the volume from a snapshot', false),
  'spec.init.initialized': {
    is: FLAG, take: () => changed('left out: the operator writes it; scripts run on a new data directory only'),
  },
};
