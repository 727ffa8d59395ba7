/** What a grant is about. */
export type GrantKind = 'database' | 'schema' | 'table' | 'sequence' | 'routine';
