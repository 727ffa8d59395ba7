import { CertificateView, DEFAULT_LIFETIME } from '../certificate-view';
import { parseGoDuration } from '../go-duration';
import { mapping, mappings, text } from '../reading';
import { Basis, Rule, when } from '../rule';
import { ruleTable } from '../rule-table';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What is proven about lifetimes and renewals. */
export const TIME_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-D01',
    title: 'a duration that Go cannot read',
    basis: Basis.REFUSED,
    source: 'Go time.ParseDuration',
    broken: ({ spec }) =>
      (['duration', 'renewBefore'] as const)
        .filter((field) => spec[field] !== undefined && parseGoDuration(spec[field]) === undefined)
        .map((field) => `${field} '${text(spec[field])}' is not a Go duration`),
    remedy: 'use hours, minutes and seconds (2160h0m0s); there is no unit for days',
  },
  {
    code: 'PGTLS-D02',
    title: 'a duration below one hour',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      const duration = parseGoDuration(spec['duration']);
      return when(duration !== undefined && duration < HOUR, () => `duration ${text(spec['duration'])} is below one hour`);
    },
    remedy: 'give at least 1h; a day or more leaves time for the renewal to reach the pod',
  },
  {
    code: 'PGTLS-D03',
    title: 'renewBefore below five minutes, or not below the duration',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      const renewBefore = parseGoDuration(spec['renewBefore']);
      if (renewBefore === undefined) { return []; }
      const duration = parseGoDuration(spec['duration']) ?? DEFAULT_LIFETIME;
      return [
        ...when(renewBefore < 5 * MINUTE, () => `renewBefore ${text(spec['renewBefore'])} is below five minutes`),
        ...when(renewBefore >= duration, () => `renewBefore ${text(spec['renewBefore'])} is not below the duration ${text(spec['duration'] ?? '2160h0m0s')}`),
      ];
    },
    remedy: 'give at least 5m and less than the duration, a third of it for example',
  },
  {
    code: 'PGTLS-D04',
    title: 'renewBefore and renewBeforePercentage together',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => when(spec['renewBefore'] !== undefined && spec['renewBeforePercentage'] !== undefined, () => 'renewBefore and renewBeforePercentage are given together'),
    remedy: 'give one of them',
  },
  {
    code: 'PGTLS-D05',
    title: 'renewBeforePercentage that leaves no time',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go), pkg/util/pki/renewaltime.go',
    broken: ({ spec }) => {
      if (spec['renewBeforePercentage'] === undefined) { return []; }
      const percentage = Number(spec['renewBeforePercentage']);
      if (!Number.isInteger(percentage) || percentage < 1 || percentage > 99) { return [`renewBeforePercentage ${text(spec['renewBeforePercentage'])} is not between 1 and 99`]; }
      const duration = parseGoDuration(spec['duration']) ?? DEFAULT_LIFETIME;
      // Up to 1.21.1 the webhook tests the complement and the controller the percentage itself, so both must leave five minutes.
      return when(duration * Math.min(percentage, 100 - percentage) / 100 < 5 * MINUTE, () => `renewBeforePercentage ${percentage} leaves less than five minutes of ${text(spec['duration'])}`);
    },
    remedy: 'choose a percentage that leaves five minutes before and after the renewal',
  },
  {
    code: 'PGTLS-D06',
    title: 'a renewal policy or window that cannot be',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      if (spec['renewal'] === undefined) { return []; }
      const { policy, windows } = mapping(spec['renewal']);
      const all = mappings(windows);
      return [
        ...when(policy !== 'RenewBefore' && policy !== 'Disabled', () => `renewal policy '${text(policy)}' is neither RenewBefore nor Disabled`),
        ...when(policy === 'Disabled' && all.length > 0, () => 'renewal windows are given although renewal is Disabled'),
        ...all.filter(({ windowDuration }) => (parseGoDuration(windowDuration) ?? 0) <= 0).map(({ windowDuration }) => `renewal windowDuration '${text(windowDuration)}' is not positive`),
        ...all.filter(({ cron }) => text(cron).trim().split(/\s+/).length !== 5).map(({ cron }) => `renewal cron '${text(cron)}' has not five fields`),
        ...all.filter(({ timezone }) => timezone !== undefined && !isTimeZone(text(timezone))).map(({ timezone }) => `renewal timezone '${text(timezone)}' is not an IANA name`),
      ];
    },
    remedy: 'give a policy, and windows of a positive length with a five-field cron only under RenewBefore',
  },
  {
    code: 'PGTLS-D10',
    title: 'revisionHistoryLimit below one',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => when(spec['revisionHistoryLimit'] !== undefined && !(Number(spec['revisionHistoryLimit']) >= 1), () => `revisionHistoryLimit ${text(spec['revisionHistoryLimit'])} is below 1`),
    remedy: 'keep at least one CertificateRequest',
  },
] satisfies Rule<CertificateView>[]);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
