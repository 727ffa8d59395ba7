import type { DatabaseContext } from '../../plan/database-context';
import { booleanIn, isExtensionParameter, lookUpParameter, majorsOf, unfitValue } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';

const given = ({ parameters = {} }: DatabaseContext['props']): Array<[string, string]> => Object.entries(parameters);

/** Rules for single server parameters. */
export const PARAMETER_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P21',
    title: 'server parameter unknown in this PostgreSQL major version',
    consequence: Consequence.NEVER_READY,
    source: 'pg_settings of each major',
    check: ({ props, plan }) => given(props)
      .filter(([name]) => !isExtensionParameter(name) && lookUpParameter(plan.major, name) === undefined && plan.reservedParameters[name.toLowerCase()] === undefined)
      .map(([name]) => {
        const majors = majorsOf(name);
        return `parameter '${name}' does not exist in PostgreSQL ${plan.major}${majors === undefined ? '' : `; it exists in ${majors}`}`;
      }),
    fix: 'correct the name, or use a major version that has the parameter',
  },
  {
    code: 'PGTLS-P22',
    title: 'server parameter managed by this package',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'docs/postgres.md, Properties',
    check: ({ props, plan }) => given(props)
      .filter(([name]) => plan.reservedParameters[name.toLowerCase()] !== undefined)
      .map(([name]) => `parameter '${name}' cannot be set in parameters: ${plan.reservedParameters[name.toLowerCase()]}`),
    fix: 'remove it, and use the property instead if there is one',
  },
  {
    code: 'PGTLS-P23',
    title: 'invalid value of a server parameter',
    consequence: Consequence.NEVER_READY,
    source: 'pg_settings of each major',
    check: ({ props, plan }) => given(props).flatMap(([name, value]) => {
      const known = lookUpParameter(plan.major, name);
      const fault = known && unfitValue(known, value);
      return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
    }),
    fix: 'use a value of the type, unit and range that pg_settings of that major version shows',
  },
  {
    code: 'PGTLS-P27',
    title: 'server parameter set twice',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL: parameter names are not case-sensitive',
    check: ({ props }) => given(props)
      .filter(([name], index, all) => all.findIndex(([other]) => other.toLowerCase() === name.toLowerCase()) !== index)
      .map(([name]) => `parameter '${name}' is set twice: parameter names are not case-sensitive`),
    fix: 'set it once',
  },
  {
    code: 'PGTLS-P25',
    severity: Severity.WARNING,
    title: 'server parameter that risks data loss',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Write Ahead Log',
    check: ({ props }) => given(props)
      .filter(([name, value]) => ['fsync', 'full_page_writes', 'synchronous_commit'].includes(name.toLowerCase()) && booleanIn(value) === false)
      .map(([name]) => `parameter '${name}' is off: a crash can lose ${name.toLowerCase() === 'synchronous_commit' ? 'acknowledged commits' : 'the whole database'}`),
    fix: 'remove it, or acknowledge the warning if the data may be lost',
  },
];
