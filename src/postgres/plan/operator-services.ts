import type { AvailabilityPlan } from './availability-plan';

/** The Services by which clients reach the servers, where an operator makes them: that of the primary first. Undefined where they are this package's. */
export function operatorServices(name: string, { engine }: Pick<AvailabilityPlan, 'engine'>): ReadonlyArray<string> | undefined {
  return engine === 'cloudnativepg' ? ['rw', 'r', 'ro'].map((suffix) => `${name}-${suffix}`) : undefined;
}
