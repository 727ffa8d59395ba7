/** A setting of pgBackRest. */
export type PgBackRestSetting = readonly [name: string, value: string | number | boolean];

/** The text of a configuration file of pgBackRest: its settings, and those of one stanza. */
export function printPgBackRest(settings: ReadonlyArray<PgBackRestSetting>, stanza?: { readonly name: string; readonly settings: ReadonlyArray<PgBackRestSetting> }): string {
  const lines = (entries: ReadonlyArray<PgBackRestSetting>) => entries.map(([name, value]) => `${name}=${typeof value === 'boolean' ? (value ? 'y' : 'n') : value}\n`).join('');
  return `[global]\n${lines(settings)}${stanza === undefined ? '' : `\n[${stanza.name}]\n${lines(stanza.settings)}`}`;
}

/** What a configuration file of pgBackRest states. */
export interface PgBackRestFile {
  /** Of the section `global`; several values of `tls-server-auth` are separate entries. */
  readonly settings: ReadonlyArray<readonly [name: string, value: string]>;
  /** Sections that are not `global` or `global:COMMAND`: stanzas. */
  readonly stanzas: ReadonlyArray<string>;
}

/** Source: pgBackRest, src/common/ini.c: a line is a section, a comment, or a key and a value. */
export function parsePgBackRest(content: string): PgBackRestFile {
  const settings: Array<readonly [string, string]> = [];
  const stanzas: string[] = [];
  let section = '';
  for (const line of content.split(/\r?\n/).map((text) => text.trim())) {
    const [, header] = /^\[(.+)\]$/.exec(line) ?? [];
    if (header !== undefined) {
      section = header;
      if (section.split(':')[0] !== 'global') { stanzas.push(section.split(':')[0]!); }
    }
    const [, name, value] = /^([a-z0-9-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && section === 'global') { settings.push([name, value!]); }
  }
  return { settings, stanzas: [...new Set(stanzas)] };
}
