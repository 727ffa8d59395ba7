import type { PostgresProps } from '../postgres-props';

type Choice = NonNullable<PostgresProps['highAvailability']>['_choice'];

/** What runs the database, and its options. */
export type AvailabilityPlan = { readonly engine: 'statefulset' } | Choice;

/** The options of an engine that is chosen. */
export type EngineOptions<Name extends Choice['engine']> = Extract<Choice, { readonly engine: Name }>['options'];

/** Number of servers. */
export function memberCount(availability: AvailabilityPlan): number {
  switch (availability.engine) {
    case 'statefulset': return 1;
    case 'patroni': return availability.options.members ?? 3;
    case 'cloudnativepg': return availability.options.instances ?? 3;
  }
}
