import { isNamedByServer } from './named-by-server';
import { mapping } from '../../data';
import { dnsLabelError, holdsVariable, serviceNameLike } from '../../formats';
import { objectNameError } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { kubernetesPage } from '../engine/sources';

export const objectNameInvalid: Rule<ManifestTarget> = {
  id: 'object-name-invalid',
  code: 'PGTLS-N01',
  title: 'invalid object name or namespace',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesPage('concepts/overview/working-with-objects/names/', 'Object Names and IDs'),
    kubernetesPage('concepts/services-networking/service/', 'Service', 'RFC 1035'),
  ],
  check: ({ at: { group, kind, name, namespace, manifest } }, report) => {
    if (kind === '') { return; }
    const astray = namespace === undefined || holdsVariable(namespace) ? undefined : dnsLabelError(namespace);
    if (astray !== undefined) {
      report('metadata.namespace', `namespace '${namespace}' of ${kind} '${name}' ${astray}; '${serviceNameLike(namespace!)}' is valid`);
      return;
    }
    if (isNamedByServer(manifest)) { return; }
    const given = mapping(manifest['metadata'])['name'];
    if (typeof given === 'number' || typeof given === 'boolean') {
      report('metadata.name', `name ${name} of ${kind} is a ${typeof given}, not a string; quote it in YAML`);
      return;
    }
    const fault = objectNameError(group, kind, name);
    if (fault !== undefined) { report('metadata.name', `name '${name}' of ${kind} ${fault}; '${serviceNameLike(name)}' is valid`); }
  },
  fix: 'set metadata.name (for a Chart: namespace), or derive the name from the construct path with Names.toDnsLabel(scope, '
    + '{ extra: [id] }) of cdk8s; without a name the construct id is used',
  fixInYaml: 'set metadata.name and metadata.namespace to names that the API server accepts',
};
