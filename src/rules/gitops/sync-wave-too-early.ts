import { dirname } from 'node:path';
import type { Dependent } from './needed-first';
import { annotationOf, isHook, SYNC_WAVE, waveOf } from './sync-annotations';
import { entryPath } from '../../data';
import { displayName, type Manifest } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { argoCdFile } from '../engine/sources';

const FIELD = entryPath('metadata.annotations', SYNC_WAVE);

export const syncWaveTooEarly: Rule<Dependent> = {
  id: 'sync-wave-too-early',
  code: 'PGTLS-P150',
  title: 'sync wave before that of an object that is needed',
  consequence: Consequence.NEVER_READY,
  sources: [
    argoCdFile('docs/user-guide/sync-waves.md', 'a wave is applied after everything in the waves before is healthy'),
    argoCdFile('resource_customizations/cert-manager.io/Issuer/health.lua', 'an issuer that is not ready is degraded'),
  ],
  check: ({ at, needs }, report) => {
    const reported = new Set<Manifest>();
    for (const { needed, because } of needs) {
      if (reported.has(needed) || isHook(needed) || waveOf(needed) <= waveOf(at)) { continue; }
      reported.add(needed);
      const field = annotationOf(at, SYNC_WAVE) === undefined ? { at: needed, field: FIELD } : FIELD;
      report(field, `sync wave ${waveOf(at)} of ${displayName(at)} is before wave ${waveOf(needed)} of ${displayName(needed)}, ${because}: it does not become healthy, and the sync ends before wave ${waveOf(needed)}`,
        undefined, areOfOneApplication(at, needed) ? Severity.ERROR : Severity.WARNING);
    }
  },
  fix: 'let ArgoCd.of(chart).syncWaves() write the waves, or give what is needed a lower number',
  fixInYaml: `give what is needed a lower number in ${SYNC_WAVE}`,
};

/** Waves are counted in one Application, which usually is one folder. */
function areOfOneApplication({ file: of }: Manifest, { file: ofOther }: Manifest): boolean {
  return of === undefined || ofOther === undefined || dirname(of) === dirname(ofOther);
}
