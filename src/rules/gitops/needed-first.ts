import { annotationOf, isHook, SYNC_WAVE } from './sync-annotations';
import type { Located, Manifest } from '../../kubernetes';
import type { RuleContext } from '../engine/rule-context';

/** An object that Argo CD waits for, and what has to be there before it is healthy. */
export interface Dependent extends Located {
  readonly needs: ReadonlyArray<{ readonly needed: Manifest; readonly because: string }>;
}

/** The objects of manifests with sync waves that wait for others: pods for Secrets and ConfigMaps, Certificates for issuers, issuers for CA certificates. */
export function dependents(manifests: RuleContext): Dependent[] {
  if (!manifests.objects.some((at) => annotationOf(at, SYNC_WAVE) !== undefined)) { return []; }
  return [...pods(manifests), ...certificates(manifests), ...issuers(manifests)].filter(({ at, needs }) => needs.length > 0 && !isHook(at));
}

function pods(manifests: RuleContext): Dependent[] {
  // Argo CD does not wait for the pods of a CronJob.
  return manifests.pods.filter(({ at }) => at.kind !== 'CronJob').map(({ at, sources }) => ({
    at,
    needs: sources.filter(({ optional }) => !optional).flatMap(({ kind, name }) => {
      const declared = manifests.find('', kind, at.namespace, name, at);
      const writers = kind === 'Secret' ? manifests.writersOf(at.namespace, name, at).map((writer) => ({ needed: writer.at, because: `whose Secret '${name}' it mounts` })) : [];
      return [...declared === undefined ? [] : [{ needed: declared, because: 'which it mounts' }], ...writers];
    }),
  }));
}

function certificates({ certificates: all }: RuleContext): Dependent[] {
  return all.map(({ at, issuer }) => ({ at, needs: issuer === undefined ? [] : [{ needed: issuer.at, because: 'which signs it' }] }));
}

function issuers({ issuers: all }: RuleContext): Dependent[] {
  return all.map(({ at, caSecretName, writers }) => ({ at, needs: writers.map((writer) => ({ needed: writer.at, because: `whose Secret '${caSecretName ?? ''}' it signs with` })) }));
}
