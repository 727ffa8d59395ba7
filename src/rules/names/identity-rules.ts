import { certificateWithoutName } from './certificate-without-name';
import { commonNameTooLong } from './common-name-too-long';
import { dnsNameNotPortable } from './dns-name-not-portable';
import { dnsNameUnmatchable } from './dns-name-unmatchable';
import { emailAddressInvalid } from './email-address-invalid';
import { hostInCommonNameOnly } from './host-in-common-name-only';
import { ipAddressInvalid } from './ip-address-invalid';
import { literalSubjectInvalid } from './literal-subject-invalid';
import { nameNotAscii } from './name-not-ascii';
import { otherNameInvalid } from './other-name-invalid';
import { subjectEqualsIssuer } from './subject-equals-issuer';
import { uriNotCanonical } from './uri-not-canonical';
import { valueNotEncodable } from './value-not-encodable';
import { ruleTable } from '../engine/rule-table';

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
