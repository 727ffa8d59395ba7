import type { KubeDbRules } from '../kubedb-rules';
import { became, changed, FLAG, INTEGER, MAPPING, oneOf, refused, same, TEXT, unsupported, Answer } from '../../field-rule';
import type { KubeDbContext } from '../kubedb-context';
import { mapping } from '../../../data';

import { confParameters, parameterProps } from '../../conf-parameters';


/** The key of a Secret, and of inline configuration. */
const CONF_KEY = 'user.conf';

/** Parameters by the kind of the disk, as KubeDB's tuning sets them. Source: kubedb/postgres-init-docker, which follows pgtune. */
const DISKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ssd: { random_page_cost: '1.1', effective_io_concurrency: '200' },
  san: { random_page_cost: '1.1', effective_io_concurrency: '300' },
  hdd: { random_page_cost: '4', effective_io_concurrency: '2' },
};

/** Server parameters. */
export const CONFIGURATION_FIELDS: KubeDbRules = {
  'spec.configuration.secretName': { only: 'v1', is: TEXT, take: (value, context) => fromSecret(String(value), context) },
  'spec.configSecret': {
    is: MAPPING, knows: ['name'],
    take: (value, context) => fromSecret(String(mapping(value)['name']), context),
  },
  'spec.configuration.inline': {
    only: 'v1', is: MAPPING,
    take: (value) => {
      const other = Object.keys(mapping(value)).find((key) => key !== CONF_KEY);
      if (other !== undefined) { return refused(`has the key '${other}'`, `use ${CONF_KEY}, as KubeDB requires`); }
      const conf = mapping(value)[CONF_KEY];
      return typeof conf === 'string' ? confParameters(conf) : refused(`has no text at ${CONF_KEY}`, 'write lines of postgresql.conf');
    },
  },
  'spec.configuration.tuning.maxConnections': { only: 'v1', is: INTEGER, take: (value) => became('parameters.max_connections', String(value as number)) },
  'spec.configuration.tuning.storageType': {
    only: 'v1', is: oneOf('ssd', 'hdd', 'san'),
    take: (value) => changed(`parameters ${Object.entries(DISKS[String(value)]!).map(([name, number]) => `${name} = ${number}`).join(', ')}`, parameterProps(DISKS[String(value)]!)),
  },
  'spec.configuration.tuning.profile': {
    only: 'v1', is: oneOf('web', 'oltp', 'dw', 'mixed', 'desktop'), take: () => changed('left out: memory parameters and max_connections follow from the memory limit'),
  },
  'spec.configuration.tuning.disableAutoTune': {
    only: 'v1', is: FLAG, take: (value) => (value === true ? changed('without effect: memory parameters and max_connections follow from the memory limit unless parameters set them') : same('the default here, too')),
  },
};

function fromSecret(name: string, context: KubeDbContext): Answer {
  const conf = context.secretText(name, CONF_KEY);
  return conf !== undefined ? confParameters(conf) : unsupported(`the parameters in the key ${CONF_KEY} of the Secret ${name}: give the Secret together with the database, or write them into property parameters`);
}
