import { durationInvalid } from './duration-invalid';
import { durationTooShort } from './duration-too-short';
import { leafOutlivesCa } from './leaf-outlives-ca';
import { leafOutlivesRootCa } from './leaf-outlives-root-ca';
import { lifetimeLongerThanCa } from './lifetime-longer-than-ca';
import { renewBeforeOutOfRange } from './renew-before-out-of-range';
import { renewBeforePercentageOutOfRange } from './renew-before-percentage-out-of-range';
import { renewBeforeSetTwice } from './renew-before-set-twice';
import { renewalDisabled } from './renewal-disabled';
import { renewalPolicyInvalid } from './renewal-policy-invalid';
import { renewalTooFrequent } from './renewal-too-frequent';
import { renewalWindowTooLate } from './renewal-window-too-late';
import { renewalWindowZero } from './renewal-window-zero';
import { revisionHistoryLimitTooSmall } from './revision-history-limit-too-small';
import { trustedCaCopyExpires } from './trusted-ca-copy-expires';
import { ruleTable } from '../engine/rule-table';

/** Rules about lifetimes and renewals. */
export const TIME_RULES = ruleTable(({ certificates }) => certificates, [
  durationInvalid,
  durationTooShort,
  renewBeforeOutOfRange,
  renewBeforeSetTwice,
  renewBeforePercentageOutOfRange,
  renewalPolicyInvalid,
  lifetimeLongerThanCa,
  leafOutlivesCa,
  renewalTooFrequent,
  revisionHistoryLimitTooSmall,
  leafOutlivesRootCa,
  trustedCaCopyExpires,
  renewalDisabled,
  renewalWindowTooLate,
  renewalWindowZero,
]);
