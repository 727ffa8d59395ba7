/** The annotation with Argo CD's options for one object. */
export const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/** The options with further ones; those that are there already stay as they are. Argo CD separates them by commas. */
export function withSyncOptions(known: string | undefined, further: ReadonlyArray<string>): string {
  const given = (known ?? '').split(',').map((option) => option.trim()).filter((option) => option !== '');
  const names = new Set(given.map(nameOf));
  return [...given, ...further.filter((option) => !names.has(nameOf(option)))].join(',');
}

function nameOf(option: string): string {
  return option.split('=')[0]!;
}
