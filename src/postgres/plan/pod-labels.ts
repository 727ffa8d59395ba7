import type { DatabaseBasics } from './database-basics';
import { selectorLabels } from './names';

/** Labels that select the pods of a database: its own, or those that the operator gives them. */
export function podLabels({ name, availability }: Pick<DatabaseBasics, 'name' | 'availability'>): Record<string, string> {
  return availability.engine === 'cloudnativepg' ? { 'cnpg.io/cluster': name } : selectorLabels(name);
}
