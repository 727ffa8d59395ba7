import type { KubeDbRules } from '../kubedb-rules';
import { changed, FLAG, INTEGER, MAPPING, notSupported, same, unsupported, withoutEffect } from '../../field-rule';
import { mapping } from '../../../data';

/** What the operator does over time. */
export const LIFECYCLE_FIELDS: KubeDbRules = {
  'spec.halted': notSupported(FLAG, 'a database that is stopped: scale the StatefulSet to 0', false),
  'spec.enforceFsGroup': notSupported(FLAG, 'no container runs as root here: use a CSI driver that applies fsGroup, or change the owner of the files once', false),
  'spec.healthChecker.periodSeconds': withoutEffect(INTEGER, 'probes of the pod replace the health checks of the operator'),
  'spec.healthChecker.timeoutSeconds': withoutEffect(INTEGER, 'probes of the pod replace the health checks of the operator'),
  'spec.healthChecker.failureThreshold': withoutEffect(INTEGER, 'probes of the pod replace the health checks of the operator'),
  'spec.healthChecker.disableWriteCheck': withoutEffect(FLAG, 'the probes of the pod write nothing'),
  'spec.archiver': {
    is: MAPPING, knows: ['ref', 'pause'],
    take: () => unsupported('archives of WAL and recovery to a point in time are planned; until then set archive_command in property parameters'),
  },
  'spec.allowedSchemas': {
    is: MAPPING, knows: ['namespaces', 'selector'],
    take: (value) => (mapping(mapping(value)['namespaces'])['from'] === 'Same' ? changed('without effect: databases and roles are declared with addDatabase, addRole and addClient')
      : unsupported('databases that other namespaces request: declare them with addDatabase, addRole and addClient')),
  },
  'spec.autoOps': {
    is: MAPPING, knows: ['disabled'],
    take: (value) => (mapping(value)['disabled'] === true ? same('nothing changes the database but the manifests') : changed('without effect: nothing changes the database but the manifests')),
  },
};
