import { isGiven, mapping, text, texts } from '../../data';
import type { Manifest } from '../../kubernetes';

export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
export const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
export const HOOK = 'argocd.argoproj.io/hook';
export const HOOK_DELETION = 'argocd.argoproj.io/hook-delete-policy';

/** What Go's strconv.Atoi reads. Source: gitops-engine/pkg/sync/syncwaves/waves.go. */
export const INTEGER = /^[+-]?\d+$/;

/** An annotation, where it is set. */
export function annotationOf({ manifest }: Manifest, name: string): string | undefined {
  const value = mapping(mapping(manifest['metadata'])['annotations'])[name];
  return isGiven(value) ? text(value) : undefined;
}

/** The parts of a list with commas. Source: gitops-engine/pkg/sync/resource/annotations.go, GetAnnotationCSVs. */
export function listed(value: string | undefined): string[] {
  return (value ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '');
}

/** The options of every sync of an Application. */
export function applicationOptions({ spec }: Manifest): string[] {
  return texts(mapping(spec['syncPolicy'])['syncOptions']);
}

/** The value of the first of the options with this name. Source: gitops-engine/pkg/sync/resource/annotations.go, GetAnnotationOptionValue. */
export function optionValue(options: ReadonlyArray<string>, name: string): string | undefined {
  return options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The wave of an object; 0 where there is none, or none that can be read. */
export function waveOf(at: Manifest): number {
  const wave = annotationOf(at, SYNC_WAVE) ?? '';
  return INTEGER.test(wave) ? Number(wave) : 0;
}

/** Whether Argo CD applies an object in a phase of its own, or not at all. */
export function isHook(at: Manifest): boolean {
  return listed(annotationOf(at, HOOK)).length > 0;
}
