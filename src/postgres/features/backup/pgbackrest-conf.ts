/** A setting of pgBackRest. */
export type PgBackRestSetting = readonly [name: string, value: string | number | boolean];

/** The text of a configuration file of pgBackRest: its settings, and those of one stanza. */
export function printPgBackRest(settings: ReadonlyArray<PgBackRestSetting>, stanza?: { readonly name: string; readonly settings: ReadonlyArray<PgBackRestSetting> }): string {
  const lines = (entries: ReadonlyArray<PgBackRestSetting>) => entries.map(([name, value]) => `${name}=${typeof value === 'boolean' ? (value ? 'y' : 'n') : value}\n`).join('');
  return `[global]\n${lines(settings)}${stanza === undefined ? '' : `\n[${stanza.name}]\n${lines(stanza.settings)}`}`;
}
