import { CertificateView } from '../certificate-view';
import { Rule } from '../rule';
import { ruleTable } from '../rule-table';

/** What is proven about Certificates that an ACME issuer is asked for. */
export const ACME_ORDER_RULES = ruleTable(({ certificates }) => certificates, [] satisfies Rule<CertificateView>[]);
