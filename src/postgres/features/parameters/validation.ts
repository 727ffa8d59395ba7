import type { DatabaseContext } from '../../plan/database-context';
import { booleanIn, isExtensionParameter, lookUpParameter, majorsOf, unfitValue } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';

const given = ({ parameters = {} }: DatabaseContext['props']): Array<[string, string]> => Object.entries(parameters);

/** What is proven about server parameters. */
export const PARAMETER_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P21',
    title: 'a server parameter that does not exist in that major',
    consequence: Consequence.NEVER_READY,
    source: 'pg_settings of each major',
    check: ({ props, plan }) => given(props)
      .filter(([name]) => !isExtensionParameter(name) && lookUpParameter(plan.major, name) === undefined && plan.reservedParameters[name.toLowerCase()] === undefined)
      .map(([name]) => {
        const majors = majorsOf(name);
        return `PostgreSQL ${plan.major} has no parameter '${name}'${majors === undefined ? '' : `, which exists in ${majors}`}`;
      }),
    fix: 'check the spelling and the major',
  },
  {
    code: 'PGTLS-P22',
    title: 'a server parameter that this package decides',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, Properties of Postgres',
    check: ({ props, plan }) => given(props)
      .filter(([name]) => plan.reservedParameters[name.toLowerCase()] !== undefined)
      .map(([name]) => `parameter '${name}' is not free: ${plan.reservedParameters[name.toLowerCase()]}`),
    fix: 'leave it out',
  },
  {
    code: 'PGTLS-P23',
    title: 'a value that a server parameter cannot have',
    consequence: Consequence.NEVER_READY,
    source: 'pg_settings of each major',
    check: ({ props, plan }) => given(props).flatMap(([name, value]) => {
      const known = lookUpParameter(plan.major, name);
      const fault = known && unfitValue(known, value);
      return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
    }),
    fix: 'see pg_settings of that major for type, unit and range',
  },
  {
    code: 'PGTLS-P27',
    title: 'a server parameter that is given twice',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL: names of parameters are not case-sensitive',
    check: ({ props }) => given(props)
      .filter(([name], index, all) => all.findIndex(([other]) => other.toLowerCase() === name.toLowerCase()) !== index)
      .map(([name]) => `parameter '${name}' is given twice: names are not case-sensitive`),
    fix: 'give it once',
  },
  {
    code: 'PGTLS-P25',
    severity: Severity.WARNING,
    title: 'a parameter that risks data',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Write Ahead Log',
    check: ({ props }) => given(props)
      .filter(([name, value]) => ['fsync', 'full_page_writes', 'synchronous_commit'].includes(name.toLowerCase()) && booleanIn(value) === false)
      .map(([name]) => `parameter '${name}' is off: a crash can lose ${name.toLowerCase() === 'synchronous_commit' ? 'acknowledged commits' : 'the whole database'}`),
    fix: 'leave it on, or acknowledge the warning for data that may be lost',
  },
];
