import { Expression } from './expression';
import { same, type Taken, unsupported } from './field-rule';
import { DOT } from './props-tree';
import { isGiven, Mapping } from '../data';
import { parseConfFile } from '../postgresql';

/** Lines of `postgresql.conf` as property `parameters`. */
export function confParameters(conf: string): Taken {
  const { settings, isComplete } = parseConfFile(conf);
  if (!isComplete) { return unsupported('it includes other files: write their lines into it'); }
  const names = [...settings.keys()];
  return names.length === 0 ? same('no parameters') : { ...same(`property 'parameters': ${names.join(', ')}`), props: parameterProps(Object.fromEntries(settings)) };
}

/** Server parameters as properties; those without a value are left out. */
export function parameterProps(settings: Mapping): Array<readonly [string, Expression]> {
  return Object.entries(settings).filter(([, value]) => isGiven(value)).map(([name, value]) => [`parameters.${name.replaceAll('.', DOT)}`, String(value)]);
}
