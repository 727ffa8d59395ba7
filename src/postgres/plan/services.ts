import type { k8s } from 'cdk8s-plus-27';
import type { DatabaseBasics } from './database-basics';
import { objectLabels } from './names';
import { networkOf } from './network-of';
import type { Ranked } from './rank';
import type { PostgresProps } from '../postgres-props';
import { PostgresServiceType } from '../service-type';

type Services = NonNullable<PostgresProps['services']>;

/** A property of `services`. */
export type ServiceAlias = keyof Services;

/** Options that the user gives for a Service; undefined without any. */
export type ServiceOptions = Services[ServiceAlias];

/** A Service of the database. */
export interface ServicePlan extends Ranked {
  /** Id of its construct. */
  readonly id: string;
  readonly name: string;
  /** The property of `services` with its options; undefined for one that has none. */
  readonly alias?: ServiceAlias;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** How it can be reached, as the Kubernetes API has it. */
  readonly exposure: Pick<k8s.ServiceSpec, 'clusterIp' | 'type' | 'loadBalancerClass' | 'loadBalancerSourceRanges' | 'externalTrafficPolicy' | 'ipFamilyPolicy' | 'ipFamilies'>;
  /** Name of the port at the pod and at the Service. */
  readonly port: { readonly name: string; readonly number: number };
  /**
   * Which of several servers it leads to.
   *
   * @default 'all'
   */
  readonly leadsTo?: 'leader' | 'replicas' | 'all';
}

/** What a feature needs of a Service. `servicePlan` adds the options of the user, and the IP families of all Services. */
export interface ServiceNeed extends Ranked {
  readonly id: string;
  readonly name: string;
  readonly alias?: ServiceAlias;
  /** Labels that replace those of every object. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly isHeadless?: boolean;
  readonly port: ServicePlan['port'];
  readonly leadsTo?: ServicePlan['leadsTo'];
}

export function servicePlan({ name: database }: DatabaseBasics, props: PostgresProps, { labels, isHeadless = false, ...need }: ServiceNeed): ServicePlan {
  const { ipFamilyPolicy, ipFamilies } = networkOf(props)._options;
  const options = need.alias && props.services?.[need.alias];
  const { type = PostgresServiceType.CLUSTER_IP, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy } = options ?? {};
  return {
    ...need,
    labels: { ...objectLabels(database), ...labels, ...options?.labels },
    annotations: options?.annotations,
    exposure: {
      ...(isHeadless ? { clusterIp: 'None' } : { type, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy }),
      ipFamilyPolicy,
      ipFamilies,
    },
  };
}

/** The Services for which the user gives options. */
export function givenServices({ services = {} }: Pick<PostgresProps, 'services'>): ReadonlyArray<readonly [ServiceAlias, NonNullable<ServiceOptions>]> {
  return (['primary', 'stats'] as const).flatMap((alias) => {
    const options = services[alias];
    return options === undefined ? [] : [[alias, options] as const];
  });
}
