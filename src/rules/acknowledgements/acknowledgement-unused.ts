import type { Acknowledged } from './acknowledged';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const acknowledgementUnused: Rule<Acknowledged> = {
  id: 'acknowledgement-unused',
  code: 'PGTLS-A19',
  severity: Severity.WARNING,
  title: 'acknowledgement of a warning that does not occur',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('this package: an obsolete acknowledgement would hide the same warning if it occurs again')],
  check: ({ code, reason, occurs }, report) => {
    if (!occurs) { report('', `${code} is acknowledged (${reason}) but does not occur here`); }
  },
  fix: 'remove the acknowledgement, or set it on the construct or path of the warning',
  fixInYaml: 'remove the acknowledgement, or correct its file, target or path',
};
