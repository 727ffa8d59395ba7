import type { DatabaseContext } from '../../../plan/database-context';

export const given = ({ parameters = {} }: DatabaseContext['props']): Array<[string, string]> => Object.entries(parameters);
