import { ruleTable } from '../engine/rule-table';
import { certificateWithoutName } from './certificate-without-name';
import { commonNameTooLong } from './common-name-too-long';
import { literalSubjectInvalid } from './literal-subject-invalid';
import { ipAddressInvalid } from './ip-address-invalid';
import { emailAddressInvalid } from './email-address-invalid';
import { nameNotAscii } from './name-not-ascii';
import { dnsNameUnmatchable } from './dns-name-unmatchable';
import { uriNotCanonical } from './uri-not-canonical';
import { hostInCommonNameOnly } from './host-in-common-name-only';
import { subjectEqualsIssuer } from './subject-equals-issuer';
import { otherNameInvalid } from './other-name-invalid';
import { dnsNameNotPortable } from './dns-name-not-portable';
import { valueNotEncodable } from './value-not-encodable';

/** Rules about the names in a certificate. */
export const IDENTITY_RULES = ruleTable(({ certificates }) => certificates, [
  certificateWithoutName,
  commonNameTooLong,
  literalSubjectInvalid,
  ipAddressInvalid,
  emailAddressInvalid,
  nameNotAscii,
  dnsNameUnmatchable,
  uriNotCanonical,
  hostInCommonNameOnly,
  subjectEqualsIssuer,
  otherNameInvalid,
  dnsNameNotPortable,
  valueNotEncodable,
]);
