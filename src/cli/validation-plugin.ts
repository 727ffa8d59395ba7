import { prove } from './prove';
import { UsageError } from './usage-error';
import { groupBy } from '../data';
import { nearest } from '../formats';
import { checkedLine, findingsLine, openFindings } from '../report';
import type { Finding } from '../rules';

/** What cdk8s-cli hands to a validation plugin, as far as it is used here. */
export interface PluginContext {
  /** Paths of the files that the app has written. */
  readonly manifests: ReadonlyArray<string>;
  readonly report: {
    addViolation(violation: PluginViolation): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
  readonly logger: { log(message: string): void };
}

/** A rule that is violated, and the objects that violate it. */
export interface PluginViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: ReadonlyArray<{ readonly resourceName: string; readonly locations: ReadonlyArray<string>; readonly manifestPath: string }>;
}

/** Properties in `cdk8s.yaml`. */
export interface PluginProperties {
  /** The configuration file; by default it is searched for, as by the command. */
  readonly config?: string;
  readonly include?: ReadonlyArray<string>;
  readonly exclude?: ReadonlyArray<string>;
  readonly warningsAsErrors?: boolean;
}

const PROPERTIES: { readonly [Name in keyof Required<PluginProperties>]: (value: unknown) => boolean } = {
  config: (value) => typeof value === 'string',
  include: isTexts,
  exclude: isTexts,
  warningsAsErrors: (value) => typeof value === 'boolean',
};

/**
 * A validation plugin of cdk8s-cli, for `validations` in `cdk8s.yaml`: checks what the app has written, whatever constructs it uses.
 *
 * Source: cdk8s-cli, docs/plugins/validation.md, src/plugins/validation.ts.
 */
export class PostgresTlsValidation {
  /** @throws for an unknown property, or one of a wrong type */
  public constructor(private readonly properties: PluginProperties = {}) {
    for (const [name, value] of Object.entries(properties)) {
      const isValid = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name as keyof PluginProperties] : undefined;
      const meant = nearest(name, Object.keys(PROPERTIES));
      if (isValid === undefined) { throw new UsageError(`cdk8s.yaml: unknown property '${name}'; ${meant === undefined ? `use one of ${Object.keys(PROPERTIES).join(', ')}` : `did you mean '${meant}'?`}`); }
      if (!isValid(value)) { throw new UsageError(`cdk8s.yaml: property ${name} has a value of a wrong type; docs/prove.md describes it`); }
    }
  }

  /** Checks the manifests, and submits the report. */
  public validate({ manifests, report, logger }: PluginContext): Promise<void> {
    const { config, include, exclude = [], warningsAsErrors = false } = this.properties;
    const { report: found, exitCode } = prove({ paths: manifests, config, include, exclude, together: true, warningsAsErrors, allowEmpty: true }, process.cwd(), new Date());
    const open = openFindings(found.findings);
    for (const findings of groupBy(open, ({ rule: { id }, severity }) => `${severity} ${id}`).values()) { report.addViolation(violationOf(findings)); }
    logger.log(`cdk8s-postgres-tls: ${checkedLine(found.checked)}; ${findingsLine(found)}`);
    report.submit(exitCode === 0 ? 'success' : 'failure');
    return Promise.resolve();
  }
}

function violationOf(findings: ReadonlyArray<Finding>): PluginViolation {
  const { rule, severity, fix } = findings[0]!;
  return {
    ruleName: `${rule.id} (${severity})`,
    recommendation: rule.title,
    fix,
    violatingResources: findings.map(({ target, location: { path, file, line }, field, problem }) => ({
      resourceName: target?.name ?? path,
      locations: [[...(line === undefined ? [] : [`line ${line}`]), ...(field === undefined ? [] : [field]), problem].join(': ')],
      manifestPath: file ?? path,
    })),
  };
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
