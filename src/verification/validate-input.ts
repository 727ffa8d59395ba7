import { demandReason, type PlacedAcknowledgement, warningNamed } from './acknowledgement';
import { isExpired } from './acknowledgement-date';
import { coversOf } from './acknowledgement-scope';
import type { Found } from './only-causes';
import { evaluate } from './evaluate';
import type { Input } from './input';
import { ACKNOWLEDGEMENT_EXPIRED } from './input-rules';
import { ruleNamed } from './known-rules';
import { Place } from './place';
import { ruleContextOf } from './rule-context-of';
import { ruleSelection } from './rule-selection';
import type { Acknowledgement, ManifestValidationOptions } from './validation-options';
import { memoizeByObject } from '../data';
import type { Manifest } from '../kubernetes';
import { type Finding, RULE_TABLES, Severity } from '../rules';

/** What validation of an input depends on beside its options. */
export interface Circumstances {
  /** Prefix of messages about options. */
  readonly place: string;
  readonly now: Date;
  /** The file that the options are written in, if there is one. */
  readonly optionsFile?: string;
  /** The name of a file that patterns of acknowledgements are about; its path if it is not given. */
  readonly nameOf?: (file: string) => string;
}

/**
 * All findings of an input: errors first, then warnings, including acknowledged ones.
 *
 * @throws if an option names an unknown rule, or acknowledges an error
 */
export function validateInput(input: Input, options: ManifestValidationOptions, { place, now, optionsFile, nameOf = (file) => file }: Circumstances): Finding[] {
  const about = new Place('acknowledgements');
  const location = optionsFile === undefined ? undefined : { file: optionsFile };
  const given = (options.acknowledgements ?? []).map((acknowledgement, index) => {
    const here = `${place}acknowledgements[${index}]: `;
    const { reason, until } = acknowledgement;
    const code = acknowledgedRule(here, acknowledgement, options.severities ?? {});
    return { acknowledgement, isExpired: isExpired(here, until, now), placed: { about, location, code, reason, covers: coversOf(acknowledgement, nameOf) } };
  });
  const expired = given.filter((one) => one.isExpired).map(({ placed, acknowledgement }): Found => ({ about, location, violation: expiry(placed, acknowledgement) }));
  return evaluate({
    context: ruleContextOf(options.together === true ? input.manifests.map(inOneSet) : input.manifests, options, { isApp: false, values: input.values }),
    placeOf: memoizeByObject(({ path }: Manifest) => new Place(path)),
    own: [...input.violations, ...expired],
    select: ruleSelection(place, options),
    acknowledgements: given.filter((one) => !one.isExpired).map(({ placed }) => placed),
    isYaml: true,
    paths: () => [...input.manifests.map(({ path }) => path), ...input.violations.map((violation) => violation.about.path)],
  });
}

function inOneSet({ sets: _, ...manifest }: Manifest): Manifest {
  return manifest;
}

function expiry({ code, reason }: PlacedAcknowledgement, { until }: Acknowledgement): Found['violation'] {
  const { severity, fix } = ACKNOWLEDGEMENT_EXPIRED;
  return { rule: ACKNOWLEDGEMENT_EXPIRED, severity, field: '', problem: `the acknowledgement of ${code} (${reason}) expired after ${until!}`, fix };
}

/** The code of the acknowledged rule, which must be a warning: by itself, by the options, or where a setting of the cluster is not known. */
function acknowledgedRule(place: string, { code, reason }: Acknowledgement, severities: { readonly [rule: string]: Severity }): string {
  const rule = ruleNamed(code);
  const [, chosen] = Object.entries(severities).find(([name]) => rule !== undefined && ruleNamed(name)?.code === rule.code) ?? [];
  const severity = chosen ?? rule?.severity;
  if (rule === undefined || (severity === Severity.ERROR && rule.severity === Severity.ERROR && (chosen !== undefined || !dependsOnSetting(rule.code)))) {
    return warningNamed(place, code, reason);
  }
  if (chosen === Severity.ERROR) { throw new Error(`${place}severities makes ${rule.code} an error, only warnings can be acknowledged; remove one of both`); }
  demandReason(place, rule.code, reason);
  return rule.code;
}

function dependsOnSetting(code: string): boolean {
  return RULE_TABLES.some(({ rules }) => rules.some((rule) => rule.code === code && rule.dependsOn !== undefined));
}
