import type { ValueFault } from './value-fault';

/**
 * Names that Debian 13 has in a package of its own, tzdata-legacy, which the official image does not install (docker-library/postgres
 * issue 1355), by area. Source: the files of tzdata-legacy 2026f-0+deb13u1.
 */
const LEGACY: Readonly<Record<string, string>> = {
  '': 'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT '
    + 'Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT Universal W-SU WET Zulu',
  'Africa': 'Asmera',
  'America': 'Argentina/ComodRivadavia Buenos_Aires Catamarca Cordoba Fort_Wayne Godthab Indianapolis Jujuy Knox_IN Louisville Mendoza Rosario',
  'Antarctica': 'South_Pole',
  'Asia': 'Ashkhabad Calcutta Choibalsan Chungking Dacca Katmandu Macao Rangoon Saigon Thimbu Ujung_Pandang Ulan_Bator',
  'Atlantic': 'Faeroe',
  'Australia': 'ACT LHI NSW North Queensland South Tasmania Victoria West',
  'Brazil': 'Acre DeNoronha East West',
  'Canada': 'Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon',
  'Chile': 'Continental EasterIsland',
  'Europe': 'Kiev Uzhgorod Zaporozhye',
  'Mexico': 'BajaNorte BajaSur General',
  'Pacific': 'Enderbury Ponape Truk',
  'US': 'Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa',
};

const LEGACY_NAMES = new Set(Object.entries(LEGACY).flatMap(([area, names]) => names.split(' ').map((name) => (area === '' ? name : `${area}/${name}`).toLowerCase())));

/** Names without an area that tzdata itself has. `GMT` needs no file. */
const PLAIN_NAMES = new Set(['factory', 'gmt', 'utc']);

/** What ICU takes for a name, and tzdata does not have. */
const OF_ICU_ALONE = /^(SystemV|Mideast)\/|^(US\/Pacific-New|Canada\/East-Saskatchewan|Asia\/(Hanoi|Riyadh8\d))$/i;

/** Whether tzdata has a name, legacy ones among them; PostgreSQL finds a file in any case. */
function isName(value: string): boolean {
  const folded = value.toLowerCase();
  if (LEGACY_NAMES.has(folded) || PLAIN_NAMES.has(folded)) { return true; }
  if (!/^[a-z]+\//i.test(value) || OF_ICU_ALONE.test(value)) { return false; }
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** Whether every image has a name. */
export function isCurrentTimeZone(value: string): boolean {
  return isName(value) && !LEGACY_NAMES.has(value.toLowerCase());
}

/** An offset of a POSIX specification: `3`, `-3:30`. Source: PostgreSQL src/timezone/localtime.c, getsecs. */
const OFFSET = '[+-]?0*(?:1[0-5]\\d|16[0-7]|\\d{1,2})(?::[0-5]?\\d(?::(?:[0-5]?\\d|60))?)?';
const ABBREVIATION = '(?:<[^>]*>|(?!<)[^0-9,+-]*)';
const CHANGE = `(?:J0*(?:[12]?\\d{1,2}|3[0-5]\\d|36[0-5])|0*(?:[12]?\\d{1,2}|3[0-5]\\d|36[0-5])|M0*(?:[1-9]|1[0-2])\\.0*[1-5]\\.0*[0-6])(?:/${OFFSET})?`;
const POSIX = new RegExp(`^(${ABBREVIATION})(${OFFSET})(?:(?!$|[,;])${ABBREVIATION}(?:${OFFSET})?(?:[,;]${CHANGE},${CHANGE})?)?$`);

/** What `TimeZone` takes beside names and POSIX specifications. Source: PostgreSQL src/backend/commands/variable.c, check_timezone. */
const HOURS = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INTERVAL = /^interval\s*'[+-]?\s*\d{1,3}(:\d{2}){0,2}(\s*(hours?|hrs?|h|minutes?|mins?|m))?'$/i;
const MOST_HOURS = 168;

/** Why the server does not start with a time zone; `isOfLog` for `log_timezone`. */
export function timeZoneFault(value: string, isOfLog: boolean): string | ValueFault | undefined {
  if (!isOfLog) {
    if (HOURS.test(value)) { return Math.abs(Number(value)) < MOST_HOURS ? undefined : `is not within ${MOST_HOURS} hours of UTC`; }
    if (/^interval/i.test(value)) { return INTERVAL.test(value) ? undefined : "is not a valid interval, such as INTERVAL '+03:00'"; }
  }
  if (/^right\//i.test(value)) { return 'is a time zone with leap seconds, which PostgreSQL does not support'; }
  const isOfFile = /^(localtime|posixrules)$/i.test(value) || (/^posix\//i.test(value) && isName(value.slice('posix/'.length)));
  if (LEGACY_NAMES.has(value.toLowerCase()) && !POSIX.test(value)) { return { fault: `is a legacy time zone name ('${value}'), which images based on Debian 13 or later do not have`, depends: true }; }
  if (isOfFile) { return { fault: `is a time zone ('${value}') that not every image has`, depends: true }; }
  if (isName(value)) { return undefined; }
  const seconds = POSIX.exec(value)?.[2]!.split(':')[2];
  if (seconds !== undefined && ![0, 60].includes(Number(seconds))) { return 'is a time zone offset that is not in whole minutes'; }
  return POSIX.test(value) ? undefined : 'is not a valid time zone';
}

/** Why a time zone is not the expected one: in a POSIX specification a positive offset is west of Greenwich. */
export function timeZoneSurprise(value: string, isOfLog: boolean): string | undefined {
  if (isName(value) || (!isOfLog && HOURS.test(value))) { return undefined; }
  const [, abbreviation, offset] = POSIX.exec(value) ?? [];
  const isUnnamed = abbreviation !== undefined && (/^(|UTC|GMT)$/i.test(abbreviation) || abbreviation.includes('/')) && /[1-9]/.test(offset!);
  return isUnnamed ? `is a POSIX time zone specification: its offset is ${offset!.startsWith('-') ? 'east' : 'west'} of Greenwich` : undefined;
}
