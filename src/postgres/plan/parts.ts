import type { Size } from 'cdk8s';
import type { ContainerResources, k8s } from 'cdk8s-plus-27';
import type { Ranked } from './rank';
import type { HbaRow, IdentRow, Parameter } from '../../postgresql';

/** A role that the reloader creates. */
export interface RolePlan extends Ranked {
  readonly name: string;
  readonly memberOf?: ReadonlyArray<string>;
  /** Whether it may replicate. */
  readonly replicates?: boolean;
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
  /** Whether it is the same in every database, and so not in the ConfigMap of one whose scripts are shared. */
  readonly isScript?: boolean;
}

/** A volume that outlives the pod. */
export interface ClaimPlan extends Ranked {
  readonly name: string;
  readonly size: Size;
  readonly storageClassName?: string;
  readonly accessMode: string;
  readonly dataSource?: { readonly kind: string; readonly name: string; readonly apiGroup?: string };
  /** Whether it is deleted together with the database. */
  readonly isDeleted: boolean;
}

/** A container beside the database. */
export interface ContainerPlan extends Ranked {
  readonly name: string;
  /** Image, command, environment, probes; undefined for a container that the engine renders itself. */
  readonly spec?: Omit<k8s.Container, 'name' | 'ports'>;
  /** Names of volumes of other features that it mounts too, at the same path. */
  readonly shares?: ReadonlyArray<string>;
  /** The same, which it cannot write to. */
  readonly reads?: ReadonlyArray<string>;
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
