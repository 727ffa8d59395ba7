import { mapping, Mapping, text, valueAt } from '../../data';
import { call, Expression, Statement, Variable } from '../expression';
import { variableName } from '../kubedb/kubedb-context';

/** What the values do not have: what `helm install` was called with, and the issuer of cert-manager, which the chart does not know. */
export interface BitnamiRelease {
  /** Name of the release. */
  readonly release: string;
  /** Empty if it is not known. */
  readonly namespace: string;
  /** The issuer, by the variable that the program has for it, and the statement that makes it, if the program has to. */
  readonly issuer?: { readonly variable: string; readonly statement?: Statement };
}

/** The values of a release, and the constructs that its database needs. */
export class BitnamiContext {
  private readonly made = new Map<string, Statement>();

  public constructor(public readonly values: Mapping, public readonly release: BitnamiRelease) {}

  public at(path: string): unknown {
    return valueAt(this.values, path);
  }

  public isOn(path: string): boolean {
    return this.at(path) === true;
  }

  public get isReplicated(): boolean {
    return this.at('architecture') === 'replication';
  }

  public get usesExistingClaim(): boolean {
    return text(this.at('primary.persistence.existingClaim')) !== '';
  }

  /** As the chart names its objects. Source: bitnami/charts, common/templates/_names.tpl. */
  public get name(): string {
    const given = text(this.at('global.postgresql.fullnameOverride')) || text(this.at('fullnameOverride'));
    const chart = text(this.at('nameOverride')) || 'postgresql';
    const { release } = this.release;
    const whole = given || (release.includes(chart) ? release : `${release}-${chart}`);
    return cut(this.isReplicated ? `${cut(whole)}-${text(this.at('primary.name')) || 'primary'}` : whole);
  }

  /** The constructs that the properties refer to, in the order in which they are needed. */
  public get statements(): Statement[] {
    const issuer = this.isOn('tls.enabled') ? this.release.issuer?.statement : undefined;
    return [...(issuer === undefined ? [] : [issuer]), ...this.made.values()];
  }

  public reference(kind: 'Secret' | 'ConfigMap', name: string): Variable {
    const variable = `${variableName(name)}${kind}`;
    this.made.set(variable, { variable, id: `${name}-${kind.toLowerCase()}`, make: `${kind}.from${kind}Name`, parameters: [name] });
    return new Variable(variable);
  }

  /** The scripts of a ConfigMap or a Secret. */
  public initScripts(kind: 'Secret' | 'ConfigMap', name: string): Expression {
    return call(`InitScripts.from${kind}`, this.reference(kind, name));
  }

  public service(): Mapping {
    return mapping(this.at('primary.service'));
  }
}

function cut(name: string): string {
  return name.slice(0, 63).replace(/-+$/, '');
}
