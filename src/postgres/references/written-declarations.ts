import { mapping, type Mapping, mappings, text } from '../../data';
import { displayName, type Manifest } from '../../kubernetes';

/** A role that a database declares. */
export interface WrittenRole {
  readonly name: string;
  readonly isPresent: boolean;
  readonly canLogIn: boolean;
}

/** What the ConfigMap of a database declares. */
export interface WrittenDeclarations {
  readonly roles: ReadonlyArray<WrittenRole>;
  /** The names of the databases that exist, `postgres` aside. */
  readonly databases: ReadonlyArray<string>;
}

const FILE = 'declarations.json';

/** The declarations in the ConfigMap of a database; empty where it has none. */
export function declaredIn(config: Manifest | undefined): WrittenDeclarations {
  const content = text(mapping(config?.manifest['data'])[FILE]);
  const document = content === '' ? {} : parsed(content, config!);
  return {
    roles: mappings(document['roles']).map(({ name, present, login }) => ({ name: text(name), isPresent: present !== false, canLogIn: login === true })),
    databases: mappings(document['databases']).filter(({ present }) => present !== false).map(({ name }) => text(name)),
  };
}

function parsed(content: string, config: Manifest): Mapping {
  try {
    return mapping(JSON.parse(content));
  } catch (error) {
    throw new Error(`key '${FILE}' of ${displayName(config)} is not JSON: ${(error as Error).message}; give the manifest as this package wrote it`, { cause: error });
  }
}
