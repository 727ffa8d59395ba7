import { mapping } from '../../data';
import { dnsLabelError, holdsVariable, serviceNameLike } from '../../formats';
import { objectNameError } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ManifestTarget } from '../engine/rule-table';
import { isNamedByServer } from './object-shared';

export const objectNameInvalid: Rule<ManifestTarget> = {
  id: 'object-name-invalid',
  code: 'PGTLS-N01',
  title: 'invalid object name or namespace',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, Object Names and IDs; Services: RFC 1035',
  check: ({ at: { group, kind, name, namespace, manifest } }) => {
    if (kind === '') { return []; }
    const astray = namespace === undefined || holdsVariable(namespace) ? undefined : dnsLabelError(namespace);
    if (astray !== undefined) { return [`namespace '${namespace}' of ${kind} '${name}' ${astray}; '${serviceNameLike(namespace!)}' is valid`]; }
    if (isNamedByServer(manifest)) { return []; }
    const given = mapping(manifest['metadata'])['name'];
    if (typeof given === 'number' || typeof given === 'boolean') { return [`name ${name} of ${kind} is a ${typeof given}, not a string; quote it in YAML`]; }
    const fault = objectNameError(group, kind, name);
    return when(fault !== undefined, () => `name '${name}' of ${kind} ${fault}; '${serviceNameLike(name)}' is valid`);
  },
  fix: 'set metadata.name (for a Chart: namespace), or derive the name from the construct path with Names.toDnsLabel(scope, '
    + '{ extra: [id] }) of cdk8s; without a name the construct id is used',
};
