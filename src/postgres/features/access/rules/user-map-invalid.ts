import { describeRow } from '../../../plan/describe-row';
import { givenRows } from './given-rows';
import type { DatabaseContext } from '../../../plan/database-context';
import { optionOf } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const userMapInvalid: Rule<DatabaseContext> = {
  id: 'user-map-invalid',
  code: 'PGTLS-P17',
  title: 'user map undefined, unused or not anchored',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-username-maps.html', 'User Name Maps')],
  check: (database, report) => {
    const { userMappings = [] } = database.props;
    const rules = givenRows(database).map(({ field, row }) => ({ field, row, map: optionOf(row, 'map') }));
    const defined = userMappings.map(({ map }) => map);
    for (const { field, map } of rules) {
      if (map !== undefined && !defined.includes(map)) { report(`${field}.method`, `userMappings: map '${map}' of an access rule is not defined`); }
    }
    for (const unused of new Set(defined)) {
      if (!rules.some(({ map }) => map === unused)) { report(`userMappings[${defined.indexOf(unused)}].map`, `userMappings: map '${unused}' is not used by any access rule`); }
    }
    for (const { field, row, map } of rules) {
      if (optionOf(row, 'clientname') !== undefined && map === undefined) {
        report(`${field}.method`, `${describeRow(row)} compares the whole subject of a certificate with the role name, which never matches without a map`);
      }
    }
    userMappings.forEach((mapping, index) => {
      const { map, systemUser } = mapping;
      const broken = Object.entries(mapping).find(([, value]) => value === '' || /[\n\r\0]/.test(value));
      if (systemUser.startsWith('/') && !/^\/\^.*\$$/s.test(systemUser)) {
        report(`userMappings[${index}].systemUser`, `userMappings: the expression '${systemUser}' of map '${map}' is not anchored and matches parts of names`);
      }
      if (broken !== undefined) { report(`userMappings[${index}].${broken[0]}`, `userMappings: a row of map '${map}' has a value that is empty or contains a line break`); }
    });
  },
  fix: 'define exactly the maps that access rules use, and anchor expressions: /^…$',
};
