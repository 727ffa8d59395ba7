import type { DatabaseContext } from '../../../plan/database-context';
import { optionOf } from '../../../../postgresql';
import { Consequence, Rule } from '../../../../rules';
import { own, describeRow } from './shared';

export const userMapInvalid: Rule<DatabaseContext> = {
  id: 'user-map-invalid',
  code: 'PGTLS-P17',
  title: 'user map undefined, unused or not anchored',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, User Name Maps',
  check: (database) => {
    const { userMappings = [] } = database.props;
    const used = own(database).map((row) => optionOf(row, 'map')).filter((map) => map !== undefined);
    const defined = userMappings.map(({ map }) => map);
    return [
      ...used.filter((map) => !defined.includes(map)).map((map) => `userMappings: map '${map}' of an access rule is not defined`),
      ...[...new Set(defined)].filter((map) => !used.includes(map)).map((map) => `userMappings: map '${map}' is not used by any access rule`),
      ...own(database).filter((row) => optionOf(row, 'clientname') !== undefined && optionOf(row, 'map') === undefined)
        .map((row) => `${describeRow(row)} compares the whole subject of a certificate with the role name, which never matches without a map`),
      ...userMappings.filter(({ systemUser }) => systemUser.startsWith('/') && !/^\/\^.*\$$/s.test(systemUser))
        .map(({ map, systemUser }) => `userMappings: the expression '${systemUser}' of map '${map}' is not anchored and matches parts of names`),
      ...userMappings.filter((mapping) => Object.values(mapping).some((value) => value === '' || /[\n\r\0]/.test(value)))
        .map(({ map }) => `userMappings: a row of map '${map}' has a value that is empty or contains a line break`),
    ];
  },
  fix: 'define exactly the maps that access rules use, and anchor expressions: /^…$',
};
