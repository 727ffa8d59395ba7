import { isGiven, mapping } from '../../data';
import type { PostgresProps } from '../postgres-props';

/** Labels and annotations that the user gives for every object. */
export type GivenMetadata = Pick<NonNullable<PostgresProps['metadata']>, 'labels' | 'annotations'>;

/** The metadata of one object with that of every object. What the object has of its own stays: the package's, and what another property sets. */
export function withCommonMetadata<Metadata>({ labels, annotations }: GivenMetadata, metadata: Metadata): Metadata {
  const own = mapping(metadata);
  return { ...metadata, ...merged('labels', labels, own['labels']), ...merged('annotations', annotations, own['annotations']) };
}

function merged(field: string, given: unknown, own: unknown): Record<string, unknown> {
  return isGiven(given) ? { [field]: { ...mapping(given), ...mapping(own) } } : {};
}
