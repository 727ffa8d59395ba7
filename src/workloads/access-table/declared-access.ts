import { DECLARATIONS_FILE } from '../own-marks';
import type { ServerView } from '../server-view';
import { mapping, mappings, memoizeByText, text, texts } from '../../data';
import type { Answer } from '../../postgresql';

/** A declared role that exists. */
export interface DeclaredRoleAccess {
  readonly name: string;
  readonly login: boolean;
  readonly replication: boolean;
  /** Undefined if it does not end. */
  readonly validUntil: string | undefined;
  readonly hasPassword: boolean;
  readonly inRoles: ReadonlyArray<string>;
}

/** A declared database that exists. */
export interface DeclaredDatabaseAccess {
  readonly name: string;
  /** Undefined for the superuser, or for the present owner. */
  readonly owner: string | undefined;
  /** The clients to which privileges are granted; not the owner. */
  readonly clients: ReadonlyArray<string>;
  readonly publicAccess: boolean;
}

/** What the declarations of a database of this package say of who may log in where. */
export class DeclaredAccess {
  /** The declarations beside pg_hba.conf of a server; none for a server of others. */
  public static of(server: ServerView): DeclaredAccess {
    const place = server.isOurs ? server.hbaField : '';
    return typeof place === 'string' ? NONE : DeclaredAccess.parse(text(mapping(place.at.manifest['data'])[DECLARATIONS_FILE]));
  }

  /** The content of the file with the declarations. */
  public static parse(content: string): DeclaredAccess {
    return declaredAccess(content);
  }

  public constructor(public readonly roles: ReadonlyArray<DeclaredRoleAccess>, public readonly databases: ReadonlyArray<DeclaredDatabaseAccess>) {}

  public role(name: string | undefined): DeclaredRoleAccess | undefined {
    return this.roles.find((role) => role.name === name);
  }

  public database(name: string): DeclaredDatabaseAccess | undefined {
    return this.databases.find((database) => database.name === name);
  }

  /**
   * Whether a role is a member of another one. Memberships of declared roles in declared roles and in roles of PostgreSQL are as declared; others
   * may be granted by hand.
   */
  public isMember(role: string | undefined, group: string): Answer {
    if (role === group) { return 'yes'; }
    const groups = this.groupsOf(role);
    if (groups.has(group)) { return 'yes'; }
    const isPredefined = group.startsWith('pg_');
    if (this.role(role) === undefined || (!isPredefined && this.role(group) === undefined)) { return 'maybe'; }
    // Roles of PostgreSQL are members of each other: pg_monitor of pg_read_all_stats.
    return isPredefined && [...groups].some((name) => name.startsWith('pg_')) ? 'maybe' : 'no';
  }

  /** Whether a role has the privilege CONNECT on a database: PUBLIC has it, unless a declared database revokes it. Grants by hand stay. */
  public mayConnect(role: string | undefined, name: string | undefined): Answer {
    const database = name === undefined ? undefined : this.database(name);
    return database === undefined || database.publicAccess || this.isDeclaredFor(role, database) ? 'yes' : 'maybe';
  }

  /** Whether a role is the owner of a database or one of its clients, or a member of one. */
  public isDeclaredFor(role: string | undefined, { owner, clients }: DeclaredDatabaseAccess): boolean {
    return [...(owner === undefined ? [] : [owner]), ...clients].some((holder) => this.isMember(role, holder) === 'yes');
  }

  private groupsOf(role: string | undefined, found = new Set<string>()): ReadonlySet<string> {
    for (const group of this.role(role)?.inRoles ?? []) {
      if (!found.has(group)) { this.groupsOf(group, found.add(group)); }
    }
    return found;
  }
}

const NONE = new DeclaredAccess([], []);

const declaredAccess = memoizeByText((content: string): DeclaredAccess => {
  const { roles, databases } = parsed(content);
  return new DeclaredAccess(
    mappings(roles).filter(({ present }) => present !== false).map(({ name, login, replication, validUntil, inRoles, password }) => ({
      name: text(name), login: login === true, replication: replication === true, hasPassword: text(password) !== '', inRoles: texts(inRoles),
      validUntil: text(validUntil) === '' || validUntil === 'infinity' ? undefined : text(validUntil),
    })),
    mappings(databases).filter(({ present }) => present !== false).map(({ name, owner, clients, publicAccess }) => ({
      name: text(name), owner: text(owner) || undefined, clients: mappings(clients).map(({ role }) => text(role)), publicAccess: publicAccess === true,
    })),
  );
});

function parsed(content: string): Readonly<Record<string, unknown>> {
  try {
    return content === '' ? {} : mapping(JSON.parse(content));
  } catch {
    return {};
  }
}
