import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, patroniFile, type Rule, source } from '../../../../rules';

export const propertyNotWithMembers: Rule<DatabaseContext> = {
  id: 'property-not-with-members',
  code: 'PGTLS-P135',
  title: 'property that a database with Patroni does not have',
  consequence: Consequence.NEVER_READY,
  sources: [patroniFile('docs/replica_bootstrap.rst', 'Patroni creates the database, and copies it to further members'), source('docs/high-availability.md')],
  check: ({ props, plan: { availability } }, report) => {
    if (availability.engine !== 'patroni') { return; }
    for (const [property, isGiven, why] of refused(props)) { if (isGiven) { report(property, `${property} is not possible with highAvailability: ${why}`); } }
  },
  fix: 'remove the property, or highAvailability',
};

type Refused = readonly [property: string, isGiven: boolean, why: string];

function refused({ storage, init, scripts, version, backup, recovery }: DatabaseContext['props']): Refused[] {
  const data = storage._durableOptions;
  return [
    ['storage', !storage.isDurable, 'members that lose their volumes at once leave an identifier in the store that fits no data; use PostgresStorage.durable'],
    ['storage.dataSource', data?.dataSource !== undefined, 'every member would begin with data that is unknown to the store'],
    ['storage.wal', data?.wal !== undefined, 'a WAL volume of its own is not rendered for members yet'],
    ['init.scripts', init?.scripts !== undefined, 'the init container creates no database; use addDatabase, addRole and addClient'],
    ['scripts', scripts !== undefined, 'shared scripts are those of a database with one server'],
    ['backup', backup !== undefined, 'its Jobs know one server, and the archive would miss what a leader had not archived before a failover'],
    ['recovery', recovery !== undefined, 'Patroni creates the database; restore into one with one server, and move the data by dump and restore'],
    ['version', version.major < 16, `initdb of PostgreSQL ${version.major} takes no settings, and huge pages of a node would end it; use 16 or later`],
  ];
}
