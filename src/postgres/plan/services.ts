import type { k8s } from 'cdk8s-plus-27';
import type { DatabaseBasics } from './database-basics';
import { objectLabels } from './names';
import type { Ranked } from './rank';
import type { PostgresProps } from '../postgres-props';
import { PostgresServiceType, ServiceAlias } from '../service-alias';

/** A Service of the database. */
export interface ServicePlan extends Ranked {
  /** Id of its construct. */
  readonly id: string;
  readonly name: string;
  /** Undefined for one that no template is about. */
  readonly alias?: ServiceAlias;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** How it can be reached, as the Kubernetes API has it. */
  readonly exposure: Pick<k8s.ServiceSpec, 'clusterIp' | 'type' | 'loadBalancerClass' | 'loadBalancerSourceRanges' | 'externalTrafficPolicy' | 'ipFamilyPolicy' | 'ipFamilies'>;
  /** Name of the port at the pod and at the Service. */
  readonly port: { readonly name: string; readonly number: number };
}

/** What a feature needs of a Service. `servicePlan` adds the template of its alias, and the IP families of all Services. */
export interface ServiceNeed extends Ranked {
  readonly id: string;
  readonly name: string;
  readonly alias?: ServiceAlias;
  /** Labels that replace those of every object. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly isHeadless?: boolean;
  readonly port: ServicePlan['port'];
}

export function servicePlan({ name: database }: DatabaseBasics, { serviceTemplates, network }: PostgresProps, { labels, isHeadless = false, ...need }: ServiceNeed): ServicePlan {
  const template = need.alias && templateOf(serviceTemplates, need.alias);
  const { type = PostgresServiceType.CLUSTER_IP, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy } = template ?? {};
  return {
    ...need,
    labels: { ...objectLabels(database), ...labels, ...template?.labels },
    annotations: template?.annotations,
    exposure: {
      ...(isHeadless ? { clusterIp: 'None' } : { type, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy }),
      ipFamilyPolicy: network?.ipFamilyPolicy,
      ipFamilies: network?.ipFamilies,
    },
  };
}

/** The template of an alias. */
export function templateOf(templates: PostgresProps['serviceTemplates'], alias: ServiceAlias): NonNullable<PostgresProps['serviceTemplates']>[number] | undefined {
  return templates?.find((template) => template.alias === alias);
}
