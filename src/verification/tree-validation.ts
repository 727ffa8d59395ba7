import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import type { PlacedAcknowledgement } from './acknowledgement';
import type { Found } from './only-causes';
import { constructPlace } from './construct-place';
import { evaluate } from './evaluate';
import { outputFiles } from './output-files';
import { ValidationOptions } from './validation-options';
import { formatFinding, stops } from './finding';
import { ruleContextOf } from './rule-context-of';
import { definedElsewhere, identity, Manifest, toManifest } from '../kubernetes';
import { ClusterAssumptions, clusterAssumptions, type IssuanceGraph } from '../pki';
import type { Finding, RuleCode, Violation } from '../rules';

/** Findings of a construct about itself. */
export type OwnRules = () => Violation[];

/**
 * The validation of one construct tree.
 *
 * cdk8s validates from the root downwards and collects the errors of every construct. The root comes first: there the whole
 * tree is evaluated once. Each construct then returns the findings about itself, so that all of them are reported together
 * and each with its path.
 */
export class TreeValidation {
  /** The validation of the tree that the construct belongs to. */
  public static of(construct: IConstruct): TreeValidation {
    const root = construct.node.root;
    const validation = TreeValidation.trees.get(root) ?? new TreeValidation(root);
    TreeValidation.trees.set(root, validation);
    return validation;
  }

  /** Runs a synthesis of a tree, in which nothing changes: the tree is evaluated once. Apps that call this need no replaced method. */
  public static during<Result>(root: IConstruct, synthesize: () => Result): Result {
    const validation = TreeValidation.trees.get(root);
    return validation ? validation.inSynthesis(synthesize) : synthesize();
  }

  /** An app that runs its syntheses with `during`. */
  public static announce(root: IConstruct): void {
    TreeValidation.announcing.add(root);
  }

  private static readonly trees = new WeakMap<IConstruct, TreeValidation>();
  private static readonly announcing = new WeakSet<IConstruct>();

  private readonly ownRules = new Map<IConstruct, OwnRules>();
  private readonly preparations: Array<() => void> = [];
  private readonly acknowledgements = new Map<IConstruct, Map<RuleCode, string>>();
  private readonly known = new Map<string, Manifest>();
  private readonly answering = new WeakSet<IConstruct>();
  private readonly shown = new Set<string>();
  private options: ValidationOptions = {};
  private answers = new Map<string, string[]>();
  /** Results of the current synthesis; undefined outside of one. */
  private synthesis: { findings?: Finding[]; readonly rendered: Map<ApiObject, unknown> } | undefined;

  private constructor(private readonly root: IConstruct) {
    root.node.addValidation({ validate: () => this.validate() });
    this.answering.add(root);
    if (!TreeValidation.announcing.has(root)) { this.evaluateOncePerSynthesis(); }
  }

  /** Adds the rules of a construct about itself, evaluated at every synth. */
  public add(construct: IConstruct, rules: OwnRules): void {
    this.ownRules.set(construct, rules);
  }

  /** Adds a step that runs each time before the tree is read: for annotations that depend on all of its objects. */
  public prepare(step: () => void): void {
    this.preparations.push(step);
  }

  /** Adds objects that another repository defines: rules find them beside those of the tree, and nothing is reported about them. */
  public addKnown(manifests: ReadonlyArray<Manifest>): void {
    for (const manifest of manifests) { this.known.set(identity(manifest), definedElsewhere(manifest)); }
  }

  /** Stores options of the validation. */
  public configure(construct: IConstruct, options: ValidationOptions): void {
    const { consents = [], ...facts } = options;
    for (const [name, value] of Object.entries(facts) as Array<[keyof ValidationOptions, unknown]>) {
      const known = this.options[name];
      if (known !== undefined && String(known) !== String(value)) {
        throw new Error(`[${construct.node.path}] ${name} is configured twice: '${known}' and '${String(value)}'; set it once per app`);
      }
    }
    this.options = { ...this.options, ...facts, consents: [...this.options.consents ?? [], ...consents] };
  }

  /** The cluster assumptions so far. */
  public get assumptions(): ClusterAssumptions {
    return clusterAssumptions(this.options);
  }

  /** Stores the acknowledgement of a warning at or below the construct. */
  public acknowledge(construct: IConstruct, code: RuleCode, reason: string): void {
    const known = this.acknowledgements.get(construct) ?? new Map<RuleCode, string>();
    this.acknowledgements.set(construct, known.set(code, reason));
  }

  /** All current findings, errors first, in the order of the tree. */
  public findings(): Finding[] {
    this.runPreparations();
    const own: Found[] = [];
    const authors = new Map<Manifest, IConstruct>();
    const objects = new Map<ApiObject, Manifest>();
    const constructs = this.root.node.findAll();
    for (const construct of constructs) {
      for (const violation of this.ownRules.get(construct)?.() ?? []) { own.push({ about: constructPlace(construct), at: violation.at, violation }); }
      if (!ApiObject.isApiObject(construct)) { continue; }
      const about = author(construct as ApiObject);
      // The rendered object, not the props, so that user patches are checked as they will be written.
      const object = toManifest(about.node.path, (construct as ApiObject).toJson());
      authors.set(object, about);
      objects.set(construct as ApiObject, object);
    }
    const written = new Set([...authors.keys()].map(identity));
    const known = [...this.known].filter(([name]) => !written.has(name)).map(([, manifest]) => manifest);
    const findings = evaluate({
      context: ruleContextOf([...authors.keys(), ...known], this.options, { isApp: true, outputFiles: outputFiles(this.root, objects) }),
      placeOf: (manifest) => constructPlace(authors.get(manifest) ?? this.placeOf(manifest)),
      own,
      acknowledgements: this.placedAcknowledgements(),
      isYaml: false,
      paths: () => constructs.map(({ node }) => node.path),
    });
    this.letAnswer(findings, constructs);
    return findings;
  }

  /** The manifests of the tree as they will be written. */
  public issuanceGraph(): IssuanceGraph {
    this.runPreparations();
    const objects = this.root.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    return ruleContextOf(objects.map((object) => toManifest(author(object).node.path, object.toJson())), this.options, { isApp: true });
  }

  private runPreparations(): void {
    for (const prepare of this.preparations) { prepare(); }
  }

  private placedAcknowledgements(): PlacedAcknowledgement[] {
    return [...this.acknowledgements].flatMap(([construct, reasons]) => {
      const about = constructPlace(construct);
      return [...reasons].map(([code, reason]) => ({ about, code, reason, covers: (place) => place.isWithin(about) }) satisfies PlacedAcknowledgement);
    });
  }

  /** The rendered object: the same for the validation and for the file, within one synthesis. */
  public rendered(object: ApiObject, render: () => unknown): unknown {
    const known = this.synthesis?.rendered.get(object);
    if (known !== undefined) { return known; }
    const rendered = render();
    this.synthesis?.rendered.set(object, rendered);
    return rendered;
  }

  /** Forgets what was rendered for an object, once it is written. */
  public static forget(object: ApiObject): void {
    TreeValidation.trees.get(object.node.root)?.synthesis?.rendered.delete(object);
  }

  private validate(): string[] {
    const found = this.synthesis?.findings ?? this.findings();
    if (this.synthesis) { this.synthesis.findings = found; }
    this.answers = new Map();
    for (const entry of found) {
      if (stops(entry, this.options.warningsAsErrors ?? false)) {
        this.answers.set(entry.location.path, [...(this.answers.get(entry.location.path) ?? []), formatFinding(entry)]);
      } else if (entry.acknowledged === undefined) {
        this.show(entry);
      }
    }
    return this.answers.get(this.root.node.path) ?? [];
  }

  /**
   * cdk8s validates the whole app again for every chart that it writes. Nothing changes while it writes, so one evaluation is enough;
   * otherwise the cost of the validation would grow with the square of the number of charts. A `FleetApp` announces its syntheses instead.
   */
  private evaluateOncePerSynthesis(): void {
    const app = this.root as unknown as Record<string, unknown>;
    for (const method of ['synth', 'synthYaml']) {
      const original = app[method];
      if (typeof original !== 'function') { continue; }
      app[method] = (...args: unknown[]): unknown => this.inSynthesis(() => original.apply(app, args) as unknown);
    }
  }

  private inSynthesis<Result>(synthesize: () => Result): Result {
    this.synthesis = { rendered: new Map() };
    try {
      return synthesize();
    } finally {
      this.synthesis = undefined;
    }
  }

  /** Every construct with a finding answers for it when cdk8s validates the app. */
  private letAnswer(findings: ReadonlyArray<Finding>, constructs: ReadonlyArray<IConstruct>): void {
    const paths = new Set(findings.map(({ location }) => location.path));
    for (const construct of paths.size === 0 ? [] : constructs) {
      const { path } = construct.node;
      if (!paths.has(path) || this.answering.has(construct)) { continue; }
      this.answering.add(construct);
      construct.node.addValidation({ validate: () => this.answers.get(path) ?? [] });
    }
  }

  /** A deployed object without a construct: its findings are reported at the first chart of its namespace, or else at the app. */
  private placeOf({ namespace }: Manifest): IConstruct {
    return this.root.node.findAll().find((construct) => Chart.isChart(construct) && namespace !== undefined && construct.namespace === namespace) ?? this.root;
  }

  /** A warning is shown once. */
  private show(entry: Finding): void {
    const line = `warning: [${entry.location.path}] ${entry.rule.code}: ${entry.message}`;
    if (this.shown.has(line)) { return; }
    this.shown.add(line);
    process.stderr.write(`${line}\n`);
  }
}

/** The construct that represents an object to users: its parent, if the object is the parent's main one. */
function author(object: ApiObject): IConstruct {
  const parent = object.node.scope;
  return parent && object.node.id === 'Resource' ? parent : object;
}
