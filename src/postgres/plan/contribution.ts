import type { Size } from 'cdk8s';
import type { ContainerResources, k8s } from 'cdk8s-plus-27';
import type { CertificatePlan } from './certificates';
import type { ClientCaPlan } from './client-ca-plan';
import type { DatabaseBasics } from './database-basics';
import type { DatabaseContext, WrittenDatabase } from './database-context';
import type { DatabasePlan, MergedContributions } from './database-plan';
import type { NetworkRule } from './network-rule';
import type { Ranked } from './rank';
import type { ServicePlan } from './services';
import type { VolumePlan } from './volumes';
import type { IIssuer } from '../../cert-manager';
import type { HbaRow, IdentRow, Parameter } from '../../postgresql';
import type { Rule } from '../../rules';
import type { PostgresProps } from '../postgres-props';

/** A part of a database with properties of its own: one folder of `features`, and one line of its index. */
export interface Feature {
  readonly name: string;
  /** What the feature adds to the database. Pure. */
  readonly resolve: (props: PostgresProps, basics: DatabaseBasics) => Contribution;
  /** What it adds once the contributions of all `resolve` functions are known; those of other `complete` functions are not among them. Pure. */
  readonly complete?: (props: PostgresProps, asked: MergedContributions) => Contribution;
  /** Container names that are reserved for it, also while it adds no container. */
  readonly containers?: ReadonlyArray<string>;
  /** Rules about its properties, given the names that belong to this package. */
  readonly rules?: (own: OwnNames) => ReadonlyArray<Rule<DatabaseContext>>;
  /** Rules about its objects as they are finally written, patches applied. */
  readonly writtenRules?: ReadonlyArray<Rule<WrittenDatabase>>;
}

/** Names that are reserved for this package, whether a database uses them or not. */
export interface OwnNames {
  readonly containers: ReadonlyArray<string>;
}

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

/** A role that the reloader makes. */
export interface RolePlan extends Ranked {
  readonly name: string;
  readonly memberOf?: ReadonlyArray<string>;
  /** Signatures of functions that it may execute. */
  readonly executes?: ReadonlyArray<string>;
}

/** A row of pg_hba.conf in its place. */
export interface HbaRowPlan {
  readonly row: HbaRow;
  /** A value of HBA_RANK, or one between two of them. */
  readonly rank: number;
  /** Whether it is left out where an earlier row covers it. */
  readonly isDefault?: boolean;
}

export interface IdentRowPlan extends Ranked {
  readonly row: IdentRow;
}

export interface ParameterPlan {
  readonly parameter: Parameter;
  /** A value of PARAMETER_RANK, or one between two of them. */
  readonly rank: number;
  /** Whether a value of the user's replaces it. */
  readonly isDefault?: boolean;
  /** Whether the user gives it: rules report its collisions. */
  readonly isGiven?: boolean;
}

export interface FilePlan extends Ranked {
  readonly name: string;
  /** Undefined where the engine writes it from the plan. */
  readonly text?: string;
}

/** A volume that outlives the pod. */
export interface ClaimPlan extends Ranked {
  readonly name: string;
  readonly size: Size;
  readonly storageClassName?: string;
  readonly accessMode: string;
  readonly dataSource?: { readonly kind: string; readonly name: string; readonly apiGroup?: string };
  /** Whether it goes with the database. */
  readonly isDeleted: boolean;
}

/** A container beside the database. */
export interface ContainerPlan extends Ranked {
  readonly name: string;
  /** Image, command, environment, probes; undefined for a container that the engine renders itself. */
  readonly spec?: Omit<k8s.Container, 'name' | 'ports'>;
  /** Names of volumes of other features that it mounts too, at the same path. */
  readonly shares?: ReadonlyArray<string>;
}

/** A port at which a container listens. */
export interface PortPlan extends Ranked {
  readonly name: string;
  readonly number: number;
  readonly container: string;
  /** The property that sets it: a rule reports its collisions, and no error is thrown. */
  readonly property?: string;
}

export interface VariablePlan extends Ranked {
  readonly container: string;
  readonly variable: k8s.EnvVar;
}

/** What the user adds to the pod, as the Kubernetes API has it. */
export interface PodAdditions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of the pod that take the place of the package's own. */
  readonly spec: Omit<k8s.PodSpec, 'containers' | 'initContainers' | 'volumes'>;
  readonly volumes: ReadonlyArray<k8s.Volume>;
  /** Mounts of the database container. */
  readonly volumeMounts: ReadonlyArray<k8s.VolumeMount>;
  readonly containers: ReadonlyArray<k8s.Container>;
  readonly initContainers: ReadonlyArray<k8s.Container>;
}

/** An alert, as Prometheus has it. */
export interface AlertPlan extends Ranked {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'warning' | 'critical';
  readonly summary: string;
  /** Labels that distinguish alerts of one name. */
  readonly labels?: Readonly<Record<string, string>>;
  /** A series without which the alert cannot fire, and what Prometheus has it from: another alert fires where it is absent. */
  readonly needs?: { readonly source: string; readonly series: string };
}

/** An object and the id of its construct. */
export interface ObjectPlan extends Ranked {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Pure. Called once the plan is complete. The issuer of client certificates is a parameter because it may be a construct of the database. */
  readonly manifest: (plan: DatabasePlan, clientIssuer: IIssuer | undefined) => unknown;
}

/** A property and the value that the user gives it. */
export type GivenValue<Value> = readonly [property: string, value: Value | undefined];

/** Values of kinds that several features have. */
export interface GivenValues {
  readonly images?: ReadonlyArray<GivenValue<string>>;
  readonly labels?: ReadonlyArray<GivenValue<Readonly<Record<string, string>>>>;
  readonly annotations?: ReadonlyArray<GivenValue<Readonly<Record<string, string>>>>;
  /** Of containers that run beside each other. */
  readonly resources?: ReadonlyArray<GivenValue<ContainerResources>>;
  /** Of containers that run before the others. */
  readonly initResources?: ReadonlyArray<GivenValue<ContainerResources>>;
}

/** Reasons why something does not exist, by its alias. */
export interface AbsentParts {
  readonly certificates?: Readonly<Record<string, string>>;
  readonly services?: Readonly<Record<string, string>>;
}
