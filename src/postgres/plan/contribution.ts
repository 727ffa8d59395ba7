import type { k8s } from 'cdk8s-plus-27';
import type { CertificatePlan } from './certificates';
import type { ClientCaPlan } from './client-ca-plan';
import type { ObjectPlan } from './database-plan';
import type { NetworkRule } from './network-rule';
import type {
  AbsentParts, AlertPlan, ClaimPlan, ContainerPlan, EgressPlan, FilePlan, GivenValues, HbaRowPlan, IdentRowPlan, ParameterPlan, PodAdditions, PortPlan,
  RolePlan, VariablePlan,
} from './parts';
import type { ServicePlan } from './services';
import type { VolumePlan } from './volumes';

/** What one feature adds to a database: plain data. Collisions of two features are found when contributions are merged. */
export interface Contribution {
  readonly certificates?: ReadonlyArray<CertificatePlan>;
  /** The CA that signs client certificates. */
  readonly clientCa?: ClientCaPlan;
  /** Roles of the pod. They log in by the rows of their feature alone; all later rows reject them. */
  readonly roles?: ReadonlyArray<RolePlan>;
  readonly hbaRows?: ReadonlyArray<HbaRowPlan>;
  readonly identRows?: ReadonlyArray<IdentRowPlan>;
  readonly parameters?: ReadonlyArray<ParameterPlan>;
  /** Parameters that the user may not set, by lower-case name, with the reason: the property that sets it, for example. */
  readonly reservedParameters?: Readonly<Record<string, string>>;
  /** Files of the configuration directory. */
  readonly files?: ReadonlyArray<FilePlan>;
  readonly volumes?: ReadonlyArray<VolumePlan>;
  readonly claims?: ReadonlyArray<ClaimPlan>;
  readonly containers?: ReadonlyArray<ContainerPlan>;
  readonly ports?: ReadonlyArray<PortPlan>;
  /** Environment variables of containers, the engine's and those of features. */
  readonly variables?: ReadonlyArray<VariablePlan>;
  /** Requests and limits of the engine's containers, by their names. */
  readonly resources?: Readonly<Record<string, k8s.ResourceRequirements>>;
  readonly hostAliases?: ReadonlyArray<k8s.HostAlias>;
  /** Arguments of initdb. */
  readonly initdbOptions?: ReadonlyArray<string>;
  /** What the user adds to the pod. */
  readonly pod?: PodAdditions;
  readonly services?: ReadonlyArray<ServicePlan>;
  readonly networkRules?: ReadonlyArray<NetworkRule>;
  /** What the pod must reach beside DNS and what the user gives. */
  readonly egressRules?: ReadonlyArray<EgressPlan>;
  /** Alerts for Prometheus, where the user asks for alerts. */
  readonly alerts?: ReadonlyArray<AlertPlan>;
  /** Further objects, such as a ServiceMonitor. */
  readonly objects?: ReadonlyArray<ObjectPlan>;
  /** Secret with the superuser's password. */
  readonly superuserSecretName?: string;
  /** Values that the user gave, for the rules that are the same for all features. */
  readonly given?: GivenValues;
  /** What the feature does not add, and why: for rules about options of something that does not exist. */
  readonly absent?: AbsentParts;
}

/** A contribution and the name of its feature. */
export interface NamedContribution {
  readonly feature: string;
  readonly parts: Contribution;
  /** Container names that are reserved for it, also while it adds no container. */
  readonly containers?: ReadonlyArray<string>;
}
