import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ArgoCdDeletion } from './argo-cd-deletion';
import { ArgoCdHookDeletion, type ArgoCdHookOptions } from './argo-cd-hook';
import { integerFault } from './faults';
import { annotateIrreplaceable, annotateLate, annotationsOf, rendered } from './late-annotations';
import { refuse } from './refuse';
import { SYNC_OPTIONS, withSyncOptions } from './sync-options';
import type { SyncWaveOptions } from './sync-wave-options';
import { isInIssuance, syncWavesOf } from './sync-waves';
import { checkArguments, checkMethodArguments } from '../checks';
import { IssuanceGraph } from '../pki';
import { TreeValidation } from '../verification';

const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
const HOOK = 'argocd.argoproj.io/hook';
const HOOK_DELETION = 'argocd.argoproj.io/hook-delete-policy';

/**
 * Annotations by which Argo CD orders, protects and deletes the objects of a tree. None is written unless a method is called. Annotations that an object
 * already has are not replaced, and objects that are added later are annotated as the others are.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export class ArgoCd {
  /**
   * The settings for Argo CD of a construct and everything below it.
   *
   * @param construct the app, a chart, or any construct
   */
  public static of(construct: IConstruct): ArgoCd {
    checkArguments('ArgoCd.of', construct);
    return new ArgoCd(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Writes sync waves: namespaces, definitions and storage classes first, then permissions and Secrets, each issuer before the Certificates that it signs, each CA
   * certificate before the issuer that signs with it, leaf Certificates and trust bundles, databases (wave 0, which is not written), and other workloads.
   *
   * Without waves all objects are applied at once, and pods wait for their Secrets. With waves Argo CD waits for each wave to be healthy, so that a certificate
   * that is not issued stops the sync before a database changes. Call it for what one Application applies.
   *
   * @param options the wave of the databases
   * @throws if the wave is not an integer
   */
  public syncWaves(options: SyncWaveOptions = {}): void {
    checkMethodArguments(this.construct, 'ArgoCd#syncWaves', options);
    const { databases = 0 } = options;
    refuse(this.construct, [integerFault('databases', databases)]);
    annotateLate(this.construct, (objects, annotate) => {
      const issuance = objects.filter(({ manifest: { group, kind } }) => isInIssuance(group, kind));
      const waveOf = syncWavesOf(new IssuanceGraph(issuance.map(rendered), TreeValidation.of(this.construct).assumptions));
      for (const early of objects) {
        if (HOOK in annotationsOf(early)) { continue; }
        const wave = databases + waveOf(early.manifest);
        annotate(early, SYNC_WAVE, (known) => known ?? (wave === 0 && !(SYNC_WAVE in annotationsOf(early)) ? undefined : String(wave)));
      }
    });
  }

  /**
   * Protects what no other object can make again: namespaces, StatefulSets, volume claims, volumes, CA certificates, Secrets and definitions. Argo CD then neither
   * prunes them nor deletes them with their Application.
   *
   * @param deletion whether they are never deleted, or after confirmation; ArgoCdDeletion.NEVER by default
   */
  public protect(deletion: ArgoCdDeletion = ArgoCdDeletion.NEVER): void {
    checkMethodArguments(this.construct, 'ArgoCd#protect', deletion);
    const options = [`Prune=${deletion}`, `Delete=${deletion}`];
    annotateIrreplaceable(this.construct, SYNC_OPTIONS, (known) => withSyncOptions(known, options));
  }

  /**
   * Makes an object a hook, such as a Job that dumps a database before each sync.
   *
   * @param options phases, deletion and wave
   * @throws if the construct has no object of its own, without a phase, if a wave is not an integer, or if the object is a hook already
   */
  public hook(options: ArgoCdHookOptions): void {
    checkMethodArguments(this.construct, 'ArgoCd#hook', options);
    const { phases, deletion = [ArgoCdHookDeletion.BEFORE_HOOK_CREATION], wave } = options;
    const object = ownObject(this.construct);
    refuse(this.construct, [
      object === undefined ? 'has no object of its own, so that none can become a hook; give the construct of a Job, or an ApiObject' : undefined,
      phases.length === 0 ? 'phases is empty; give a phase, for example ArgoCdHookPhase.PRE_SYNC' : undefined,
      deletion.length === 0 ? 'deletion is empty; leave it out, or give ArgoCdHookDeletion.BEFORE_HOOK_CREATION' : undefined,
      wave === undefined ? undefined : integerFault('wave', wave),
      object !== undefined && HOOK in ((object.metadata.toJson() as { annotations?: object }).annotations ?? {}) ? 'is a hook already; call hook() once, with all phases' : undefined,
    ]);
    const { metadata } = object!;
    metadata.addAnnotation(HOOK, [...new Set(phases)].join(','));
    metadata.addAnnotation(HOOK_DELETION, [...new Set(deletion)].join(','));
    if (wave !== undefined) { metadata.addAnnotation(SYNC_WAVE, String(wave)); }
  }
}

function ownObject(construct: IConstruct): ApiObject | undefined {
  if (ApiObject.isApiObject(construct)) { return construct as ApiObject; }
  const { defaultChild } = construct.node;
  return defaultChild !== undefined && ApiObject.isApiObject(defaultChild) ? defaultChild as ApiObject : undefined;
}
