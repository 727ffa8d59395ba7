import { CertManagerVersion, Severity, type Finding } from '../../../src';
import { Consequence } from '../../../src/rules';
import { findingsIn } from '../../support/findings';
import { RULES } from '../../../tools/rule-list';
import { ALSO_REFUSED, STRICTER } from '../cases';
import type { ApiObject, ApiServer } from './api-server';

/** The answer of the API server with cert-manager's webhook to an object. */
export interface Admission {
  readonly accepted: boolean;
  /** Why not. */
  readonly message: string;
}

const CONSEQUENCE_OF = new Map(RULES.map(({ code, consequence }) => [code, consequence]));

/** Asks the API server, which writes nothing. */
export async function admission(api: ApiServer, namespace: string, manifest: ApiObject): Promise<Admission> {
  const metadata = { ...manifest.metadata, ...(manifest.kind === 'ClusterIssuer' ? {} : { namespace }) };
  const { status, body } = await api.create({ ...manifest, metadata }, { dryRun: true });
  // A server that cannot answer has no opinion.
  if (![201, 400, 403, 406, 422].includes(status) && !/denied the request|Invalid value|is invalid/.test(body.message)) { throw new Error(`no answer for ${JSON.stringify(manifest)}: ${status} ${body.message}`); }
  return { accepted: status === 201, message: status === 201 ? '' : body.message };
}

/** The errors found in one object, for a cluster with the cert-manager of the suite. */
export function errorsIn(manifest: ApiObject): Finding[] {
  return errorsTogether([manifest]);
}

/** The errors found in objects that are applied together. */
export function errorsTogether(manifests: readonly ApiObject[]): Finding[] {
  return findingsIn(manifests, { certManagerVersion: CertManagerVersion.V1_21 }).filter(({ severity }) => severity === Severity.ERROR);
}

/** How the rules and cert-manager differ on an object, or undefined where they agree. */
export function difference({ accepted, message }: Admission, errors: readonly Finding[]): string | undefined {
  if (!accepted) {
    return errors.some(({ rule: { code } }) => CONSEQUENCE_OF.get(code) === Consequence.REJECTED_ON_APPLY || ALSO_REFUSED.includes(code)) ? undefined
      : `refused, but the rules find ${errors.length === 0 ? 'nothing' : errors.map(({ rule: { code } }) => code).join(', ')}: ${message}`;
  }
  const isRefused = ({ rule: { code } }: Finding) => CONSEQUENCE_OF.get(code) === Consequence.REJECTED_ON_APPLY;
  const wrong = errors.filter((error) => isRefused(error) && !STRICTER.some(({ code, fault }) => code === error.rule.code && fault.test(error.message)));
  return wrong.length === 0 ? undefined : `accepted, but the rules state that it is refused: ${wrong.map(({ rule: { code }, message: fault }) => `${code} ${fault}`).join('; ')}`;
}
