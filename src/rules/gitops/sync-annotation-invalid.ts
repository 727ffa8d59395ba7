import { annotationOf, HOOK, HOOK_DELETION, INTEGER, listed, SYNC_OPTIONS, SYNC_WAVE } from './sync-annotations';
import { entryPath } from '../../data';
import { nearest } from '../../formats';
import { Consequence } from '../engine/consequence';
import type { Report, Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { argoCdFile, fluxFile } from '../engine/sources';

const PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'PostDelete'];
const DELETIONS = ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'];

/** Options that protect or recreate an object, with what Argo CD compares them with. Options that are not here belong to releases that are not known. */
const OPTIONS: Readonly<Record<string, ReadonlyArray<string>>> = {
  Prune: ['false', 'true', 'confirm'], Delete: ['false', 'true', 'confirm'], PruneLast: ['true', 'false'], Replace: ['true', 'false'], Force: ['true', 'false'],
  ServerSideApply: ['true', 'false'], Validate: ['true', 'false'], SkipDryRunOnMissingResource: ['true', 'false'],
};

/** Flux compares values without case. Source: fluxcd/pkg ssa/utils, AnyInMetadata. */
const FLUX: Readonly<Record<string, ReadonlyArray<string>>> = {
  prune: ['enabled', 'disabled'], reconcile: ['enabled', 'disabled'], force: ['enabled', 'disabled'], ssa: ['override', 'merge', 'ifnotpresent', 'ignore'],
};

export const syncAnnotationInvalid: Rule<ManifestTarget> = {
  id: 'sync-annotation-invalid',
  code: 'PGTLS-P153',
  title: 'annotation of Argo CD or Flux that has no effect',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    argoCdFile('gitops-engine/pkg/sync/syncwaves/waves.go', 'a wave that is not an integer is 0'),
    argoCdFile('gitops-engine/pkg/sync/resource/annotations.go', 'options are compared with their exact text'),
    fluxFile('docs/spec/v1/kustomizations.md', 'values of the annotations'),
  ],
  check: ({ at }, report) => {
    const wave = annotationOf(at, SYNC_WAVE);
    if (wave !== undefined && !INTEGER.test(wave)) { report(entryPath('metadata.annotations', SYNC_WAVE), `sync wave '${wave}' is not an integer, so that Argo CD applies the object in wave 0`); }
    words(HOOK, annotationOf(at, HOOK), PHASES, 'hook', report);
    words(HOOK_DELETION, annotationOf(at, HOOK_DELETION), DELETIONS, 'deletion policy', report);
    for (const option of listed(annotationOf(at, SYNC_OPTIONS))) {
      const meant = meantBy(option);
      if (meant !== undefined && meant !== option) { report(entryPath('metadata.annotations', SYNC_OPTIONS), `sync option '${option}' has no effect; '${meant}' has`); }
    }
    for (const [name, values] of Object.entries(FLUX)) {
      const annotation = `kustomize.toolkit.fluxcd.io/${name}`;
      const value = annotationOf(at, annotation);
      if (value === undefined || values.includes(value.toLowerCase())) { continue; }
      report(entryPath('metadata.annotations', annotation), `${annotation} is '${value}', which has no effect; Flux reads ${values.join(', ')}`);
    }
  },
  fix: 'write the value exactly as the documentation has it',
};

function words(annotation: string, value: string | undefined, known: ReadonlyArray<string>, what: string, report: Report): void {
  for (const word of listed(value).filter((given) => !known.includes(given))) {
    const meant = nearest(word, known);
    report(entryPath('metadata.annotations', annotation), `${what} '${word}' is not known to Argo CD${meant === undefined ? `; it knows ${known.join(', ')}` : `; '${meant}' is`}`);
  }
}

/** The option that was meant: itself if it is valid, undefined if nothing is known of it. */
function meantBy(option: string): string | undefined {
  const [name = '', value = ''] = option.split('=').map((part) => part.trim());
  const known = Object.keys(OPTIONS).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (known === undefined) { return undefined; }
  const values = OPTIONS[known]!;
  return `${known}=${values.find((candidate) => candidate === value.toLowerCase()) ?? nearest(value, values) ?? values[0]}`;
}
