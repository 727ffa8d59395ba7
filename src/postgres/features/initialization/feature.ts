import type { InitScripts } from './initialization';
import { initdbOptions } from './initdb-options';
import { initdbSettings } from './initdb-settings';
import { INITIALIZATION_RULES } from './validation';
import type { Contribution } from '../../plan/contribution';
import type { Feature } from '../../plan/feature';
import type { DatabaseBasics } from '../../plan/database-basics';
import { PARAMETER_RANK, RANK } from '../../plan/rank';
import { configMapSource, secretSource } from '../../plan/volumes';
import { walVolume } from '../../plan/wal-volume';

const SCRIPTS = '/etc/postgresql-init';

/** How a data directory is made: `init`. */
export const initialization: Feature = {
  name: 'initialization',
  resolve: ({ init, storage }, basics) => ({
    initdbOptions: initdbOptions(basics.major, init),
    // Settings that initdb writes beside the data, where this server does not look.
    parameters: initdbSettings(basics.major, init ?? {}, walVolume(storage)).map((parameter) => ({ parameter, rank: PARAMETER_RANK.INITIALIZATION, isDefault: true })),
    ...(init?.scripts ? scripts(init.scripts, basics) : {}),
  }),
  rules: () => INITIALIZATION_RULES,
};

function scripts({ _source, name }: InitScripts, { layout }: DatabaseBasics): Contribution {
  return {
    volumes: [{ name: 'init-scripts', mountPath: SCRIPTS, readOnly: true, users: ['init'], rank: RANK.THIRD, source: _source === 'secret' ? secretSource(name) : configMapSource(name) }],
    variables: Object.entries({ POSTGRES_CONF: `${layout.config}/postgresql.conf`, INIT_SCRIPTS: SCRIPTS })
      .map(([variable, value]) => ({ container: 'init', rank: RANK.THIRD, variable: { name: variable, value } })),
  };
}
