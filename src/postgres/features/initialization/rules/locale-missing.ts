import { localeOf } from '../initdb-options';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';
import { isMissing } from './shared';

export const localeMissing: Rule<DatabaseContext> = {
  id: 'locale-missing',
  code: 'PGTLS-P85',
  title: 'locale missing in the official image',
  consequence: Consequence.NEVER_READY,
  source: 'docker-library/postgres, Dockerfile-debian.template: only en_US.UTF-8 is created',
  check: ({ props: { init }, plan: { image, major } }) => {
    const { provider, name } = localeOf(major, init?.locale);
    return when(isMissing(image, provider, name), () => `init.locale '${name}' does not exist in image '${image}'`);
  },
  fix: 'use DatabaseLocale.icu() or DatabaseLocale.builtin(), or an image that has the locale',
};
