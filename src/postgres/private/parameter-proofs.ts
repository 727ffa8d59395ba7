import { claimedKib, LEAST_MEMORY_KIB, sharedBuffersKib } from './memory';
import { booleanIn, isExtensionParameter, lookUpParameter, majorsOf, numberIn, unfitValue } from '../../postgresql';
import { Consequence, Rule, Severity, when } from '../../rules';
import { OWNED_PARAMETERS } from './parameters';
import type { PostgresPlan } from './plan';
import { kibibytes } from './quantity';
import type { PostgresSubject } from './subject';

const own = ({ props }: PostgresSubject): Array<[string, string]> => Object.entries(props.parameters ?? {});

/** What is proven about server parameters. */
export const PARAMETER_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P21',
    title: 'a server parameter that does not exist in that major',
    consequence: Consequence.NEVER_READY,
    source: 'pg_settings of each major',
    check: (subject) => own(subject)
      .filter(([name]) => !isExtensionParameter(name) && lookUpParameter(subject.plan.major, name) === undefined && OWNED_PARAMETERS[name.toLowerCase()] === undefined)
      .map(([name]) => {
        const majors = majorsOf(name);
        return `PostgreSQL ${subject.plan.major} has no parameter '${name}'${majors === undefined ? '' : `, which exists in ${majors}`}`;
      }),
    fix: 'check the spelling and the major',
  },
  {
    code: 'PGTLS-P22',
    title: 'a server parameter that this package decides',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, Properties of Postgres',
    check: (subject) => own(subject)
      .filter(([name]) => OWNED_PARAMETERS[name.toLowerCase()] !== undefined)
      .map(([name]) => `parameter '${name}' is not free: ${OWNED_PARAMETERS[name.toLowerCase()]}`),
    fix: 'leave it out',
  },
  {
    code: 'PGTLS-P23',
    title: 'a value that a server parameter cannot have',
    consequence: Consequence.NEVER_READY,
    source: 'pg_settings of each major',
    check: (subject) => own(subject).flatMap(([name, value]) => {
      const known = lookUpParameter(subject.plan.major, name);
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
    check: (subject) => own(subject)
      .filter(([name], index, all) => all.findIndex(([other]) => other.toLowerCase() === name.toLowerCase()) !== index)
      .map(([name]) => `parameter '${name}' is given twice: names are not case-sensitive`),
    fix: 'give it once',
  },
  {
    code: 'PGTLS-P24',
    title: 'a memory limit that the parameters exceed',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Resource Consumption',
    check: ({ props, plan }) => {
      const limit = plan.memoryLimitKib;
      if (limit === undefined || !(limit > 0)) { return []; }
      if (limit < LEAST_MEMORY_KIB) { return [`a memory limit of ${mebibytes(limit)} is below the ${mebibytes(LEAST_MEMORY_KIB)} that a server needs`]; }
      const value = (name: string) => valueOf(plan, name);
      const claimed = claimedKib(value, props.hugePages !== undefined);
      return when(claimed > limit, () => `the memory limit of ${mebibytes(limit)} is too small for shared_buffers ${value('shared_buffers')}, `
        + `maintenance_work_mem ${value('maintenance_work_mem')} and max_connections ${value('max_connections')}, which claim ${mebibytes(claimed)}`);
    },
    fix: 'raise the limit, or lower the parameters',
  },
  {
    code: 'PGTLS-P29',
    title: 'huge pages that are none, or too few',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, Linux Huge Pages; Kubernetes, hugepages-2Mi',
    check: ({ props: { hugePages }, plan }) => {
      if (!hugePages) { return []; }
      const amount = kibibytes(hugePages.amount);
      const page = { '2Mi': 2048, '1Gi': 1_048_576 }[hugePages.pageSize]!;
      const buffers = valueOf(plan, 'shared_buffers');
      return [
        ...when(!(amount > 0) || amount % page !== 0, () => `hugePages of ${mebibytes(amount)} are no whole pages of ${hugePages.pageSize}`),
        ...when(sharedBuffersKib(buffers) >= amount, () => `hugePages of ${mebibytes(amount)} leave no room beside shared_buffers ${buffers ?? '128MB'}`),
      ];
    },
    fix: 'give more whole pages; `postgres -C shared_memory_size_in_huge_pages` tells how many a server needs',
  },
  {
    code: 'PGTLS-P25',
    severity: Severity.WARNING,
    title: 'a parameter that risks data',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Write Ahead Log',
    check: (subject) => own(subject)
      .filter(([name, value]) => ['fsync', 'full_page_writes', 'synchronous_commit'].includes(name.toLowerCase()) && booleanIn(value) === false)
      .map(([name]) => `parameter '${name}' is off: a crash can lose ${name.toLowerCase() === 'synchronous_commit' ? 'acknowledged commits' : 'the whole database'}`),
    fix: 'leave it on, or acknowledge the warning for data that may be lost',
  },
];

/** What the server will make of a parameter: the last one counts. */
function valueOf({ parameters }: PostgresPlan, name: string): string | undefined {
  const entry = [...parameters].reverse().find(([other]) => other.toLowerCase() === name);
  return entry && String(entry[1]);
}

function mebibytes(kib: number): string {
  return `${Math.round(numberIn(`${kib}kB`, 'MB')!)}Mi`;
}
