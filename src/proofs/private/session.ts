import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CERTIFICATE_RULES } from './certificate-rules';
import { identity, judgeDuplicate, judgeName, judgeSharedSecret } from './object-rules';
import { judge, Verdict } from './rule';
import { Finding, Severity } from '../finding';

/** What a construct knows to be wrong with itself. */
export type Judge = () => Verdict[];

/**
 * The proofs of one construct tree.
 *
 * cdk8s validates from the root downwards and joins what every construct answers. The root's turn comes first: there the
 * session judges the whole tree once, and each construct then answers with the errors that are about it, so that all of them
 * come together and each with its path.
 */
export class Session {
  /** The session of the tree that the construct belongs to. */
  public static of(construct: IConstruct): Session {
    const root = construct.node.root;
    const session = Session.sessions.get(root) ?? new Session(root);
    Session.sessions.set(root, session);
    return session;
  }

  private static readonly sessions = new WeakMap<IConstruct, Session>();

  private readonly judges = new Map<IConstruct, Judge>();
  private readonly acknowledgements = new Map<IConstruct, Map<string, string>>();
  private readonly answering = new WeakSet<IConstruct>();
  private readonly shown = new Set<string>();
  private errors = new Map<IConstruct, string[]>();

  private constructor(private readonly root: IConstruct) {
    root.node.addValidation({ validate: () => this.validate() });
    this.answering.add(root);
  }

  /** Has the construct judged at every synth. */
  public add(construct: IConstruct, judgement: Judge): void {
    this.judges.set(construct, judgement);
  }

  /** Takes note that a warning below the construct is on purpose. */
  public acknowledge(construct: IConstruct, code: string, reason: string): void {
    const known = this.acknowledgements.get(construct) ?? new Map<string, string>();
    this.acknowledgements.set(construct, known.set(code, reason));
  }

  /** Everything that the proofs find now, errors first, in the order of the tree. */
  public findings(): Finding[] {
    return this.judgeTree().map(({ finding }) => finding);
  }

  private validate(): string[] {
    const found = this.judgeTree();
    this.errors = new Map();
    for (const { about, finding } of found.filter((entry) => entry.finding.severity === Severity.ERROR)) {
      this.errors.set(about, [...(this.errors.get(about) ?? []), `${finding.code}: ${finding.message}`]);
      this.answerFor(about);
    }
    for (const { finding } of found.filter((entry) => entry.finding.severity === Severity.WARNING)) { this.show(finding); }
    return this.errors.get(this.root) ?? [];
  }

  private answerFor(construct: IConstruct): void {
    if (this.answering.has(construct)) { return; }
    this.answering.add(construct);
    construct.node.addValidation({ validate: () => this.errors.get(construct) ?? [] });
  }

  /** cdk8s validates the tree again for every chart; a warning is shown once. */
  private show(finding: Finding): void {
    const line = `warning: [${finding.path}] ${finding.code}: ${finding.message}`;
    if (finding.acknowledged !== undefined || this.shown.has(line)) { return; }
    this.shown.add(line);
    process.stderr.write(`${line}\n`);
  }

  private judgeTree(): Array<{ about: IConstruct; finding: Finding }> {
    const found: Array<{ about: IConstruct; verdict: Verdict }> = [];
    const seen = new Map<string, ApiObject>();
    const targets = new Map<string, ApiObject>();
    for (const construct of this.root.node.findAll()) {
      for (const verdict of this.judges.get(construct)?.() ?? []) { found.push({ about: construct, verdict }); }
      if (!ApiObject.isApiObject(construct)) { continue; }
      const object = construct as ApiObject;
      for (const verdict of judgeObject(object, seen, targets)) { found.push({ about: author(object), verdict }); }
    }
    const findings = found.map(({ about, verdict }) => ({
      about,
      finding: { ...verdict, path: about.node.path, acknowledged: verdict.severity === Severity.WARNING ? this.reason(about, verdict.code) : undefined },
    }));
    return [Severity.ERROR, Severity.WARNING].flatMap((severity) => findings.filter(({ finding }) => finding.severity === severity));
  }

  private reason(construct: IConstruct, code: string): string | undefined {
    const scope = construct.node.scopes.reverse().find((ancestor) => this.acknowledgements.get(ancestor)?.has(code));
    return scope && this.acknowledgements.get(scope)!.get(code);
  }
}

function judgeObject(object: ApiObject, seen: Map<string, ApiObject>, targets: Map<string, ApiObject>): Verdict[] {
  const verdicts = judgeName(object);
  const twin = seen.get(identity(object));
  if (twin) { verdicts.push(judgeDuplicate(object, twin)); } else { seen.set(identity(object), object); }
  if (object.apiGroup !== 'cert-manager.io' || object.kind !== 'Certificate') { return verdicts; }

  // The rendered object, not the props: user patches are judged as they will be written.
  const { metadata, spec = {} } = object.toJson();
  verdicts.push(...judge(CERTIFICATE_RULES, spec));
  const target = `${metadata.namespace ?? ''}/${spec.secretName}`;
  const owner = targets.get(target);
  if (owner && !twin) { verdicts.push(judgeSharedSecret(spec.secretName, metadata.namespace, owner)); } else { targets.set(target, object); }
  return verdicts;
}

/** The construct that a user knows an object by: its parent where the object is the parent's main one. */
function author(object: ApiObject): IConstruct {
  const parent = object.node.scope;
  return parent && object.node.id === 'Resource' ? parent : object;
}
