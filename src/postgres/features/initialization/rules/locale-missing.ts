import { isLocaleMissing } from './locale-of-image';
import { localeOf } from '../initdb-options';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, type Rule, source } from '../../../../rules';

export const localeMissing: Rule<DatabaseContext> = {
  id: 'locale-missing',
  code: 'PGTLS-P85',
  title: 'locale missing in the official image',
  consequence: Consequence.NEVER_READY,
  sources: [source(
    'docker-library/postgres, Dockerfile-debian.template: only en_US.UTF-8 is created',
    'https://github.com/docker-library/postgres/blob/887333be0892981ffbf468fa62aa6f2e0dd6358a/Dockerfile-debian.template',
  )],
  check: ({ props: { init }, plan: { image, major } }, report) => {
    const { provider, name } = localeOf(major, init?.locale);
    if (isLocaleMissing(image, provider, name)) { report('init.locale', `init.locale '${name}' does not exist in image '${image}'`); }
  },
  fix: 'use DatabaseLocale.icu() or DatabaseLocale.builtin(), or an image that has the locale',
};
