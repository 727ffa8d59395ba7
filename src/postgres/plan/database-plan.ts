import type { k8s } from 'cdk8s-plus-27';
import type { CertificatePlan } from './certificates';
import type { ClientCaPlan } from './client-ca-plan';
import type { DatabaseBasics } from './database-basics';
import type { NetworkRule } from './network-rule';
import type {
  AbsentParts, AlertPlan, ClaimPlan, ContainerPlan, EgressPlan, FilePlan, GivenValues, PodAdditions, PortPlan, RolePlan, VariablePlan,
} from './parts';
import type { Ranked } from './rank';
import type { ServicePlan } from './services';
import type { VolumePlan } from './volumes';
import type { IIssuer } from '../../cert-manager';
import type { HbaRow, IdentRow, Parameter } from '../../postgresql';

/** A database: the sum of what its features contribute, in order. Plain data, the input of the rules and of the engine. */
export interface DatabasePlan extends MergedContributions {
  /** Collisions of features, those that a property of the user's makes among them. */
  readonly collisions: ReadonlyArray<Collision>;
}

/** What features ask for, as far as others complete it. */
export interface AskedParts extends DatabaseBasics {
  /** Empty without TLS. */
  readonly certificates: ReadonlyArray<CertificatePlan>;
  /** Whether the server checks client certificates. */
  readonly checksClientCertificates: boolean;
  readonly parameters: ReadonlyArray<Parameter>;
}

/** The sum of contributions, before collisions are looked for. */
export interface MergedContributions extends AskedParts {
  /** The CA of the client certificates; undefined if there are none. */
  readonly clientCa?: ClientCaPlan;
  readonly roles: ReadonlyArray<RolePlan>;
  /** The rows of pg_hba.conf. */
  readonly access: ReadonlyArray<HbaRow>;
  readonly identRows: ReadonlyArray<IdentRow>;
  /** Parameters that the user may not set, by lower-case name, with the reason. */
  readonly reservedParameters: Readonly<Record<string, string>>;
  readonly files: ReadonlyArray<FilePlan>;
  readonly volumes: ReadonlyArray<VolumePlan>;
  readonly claims: ReadonlyArray<ClaimPlan>;
  readonly containers: ReadonlyArray<ContainerPlan>;
  /** Container names that the user may not use. */
  readonly reservedContainers: ReadonlyArray<string>;
  readonly ports: ReadonlyArray<PortPlan>;
  readonly variables: ReadonlyArray<VariablePlan>;
  readonly resources: Readonly<Record<string, k8s.ResourceRequirements>>;
  readonly hostAliases: ReadonlyArray<k8s.HostAlias>;
  readonly initdbOptions: ReadonlyArray<string>;
  readonly pod?: PodAdditions;
  readonly services: ReadonlyArray<ServicePlan>;
  readonly networkRules: ReadonlyArray<NetworkRule>;
  readonly egressRules: ReadonlyArray<EgressPlan>;
  readonly alerts: ReadonlyArray<AlertPlan>;
  readonly objects: ReadonlyArray<ObjectPlan>;
  /** Secret with the superuser's password; undefined where it has none. */
  readonly superuserSecretName?: string;
  readonly given: Required<GivenValues>;
  readonly absent: Required<AbsentParts>;
}

/** Something that two features add and a database can have once. */
export interface Collision {
  /** For example `port` or `container`. */
  readonly kind: string;
  readonly what: string;
  readonly features: readonly [string, string];
  /** The property by which the user causes it; undefined where the features themselves collide. */
  readonly property?: string;
}

/** An object and the id of its construct. */
export interface ObjectPlan extends Ranked {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Pure. Called once the plan is complete. The issuer of client certificates is a parameter because it may be a construct of the database. */
  readonly manifest: (plan: DatabasePlan, clientIssuer: IIssuer | undefined) => unknown;
  /**
   * The field beside API version, kind and metadata: the only one that may depend on what is declared later.
   *
   * @default 'spec'
   */
  readonly body?: string;
  /**
   * The manifest without its body, where that takes long: a construct needs no more until it is written. Pure.
   *
   * @default - of the manifest, which is rendered when the construct is made
   */
  readonly head?: (plan: DatabasePlan) => Readonly<Record<string, unknown>>;
}
