import type { DatabaseContext } from '../../../plan/database-context';
import { entryPath } from '../../../../data';
import { STORE_PARAMETERS } from '../../../plan/store-parameters';
import { Consequence, patroniFile, type Rule, Severity } from '../../../../rules';

export const storeParameter: Rule<DatabaseContext> = {
  id: 'store-parameter',
  code: 'PGTLS-P136',
  severity: Severity.WARNING,
  title: 'parameter that Patroni takes from its store',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [patroniFile('docs/patroni_configuration.rst', 'some parameters come from the store alone, which is filled once')],
  check: ({ props: { parameters = {} }, plan: { availability } }, report) => {
    if (availability.engine !== 'patroni') { return; }
    for (const name of Object.keys(parameters).filter((given) => STORE_PARAMETERS.has(given.toLowerCase()))) {
      report(entryPath('parameters', name), `${name} has an effect when the database is created; a later change in Git has none, and the reloader reports the difference`);
    }
  },
  fix: 'acknowledge the warning, and change the value later with patronictl edit-config and a restart as well (docs/high-availability.md)',
};
