import type { IConstruct } from 'constructs';
import { annotateIrreplaceable } from './late-annotations';
import { checkArguments } from '../checks';

const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

/**
 * Annotations by which Flux protects the objects of a tree. None is written unless a method is called. Flux orders objects with `FluxKustomizationProps.dependsOn`.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class Flux {
  /**
   * The settings for Flux of a construct and everything below it.
   *
   * @param construct the app, a chart, or any construct
   */
  public static of(construct: IConstruct): Flux {
    checkArguments('Flux.of', construct);
    return new Flux(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Protects what no other object can make again: namespaces, StatefulSets, volume claims, volumes, CA certificates, Secrets and definitions. Flux then neither prunes
   * them nor deletes them with their Kustomization. Annotations that are there already stay, and objects that are added later are protected as well.
   */
  public protect(): void {
    annotateIrreplaceable(this.construct, PRUNE, (known) => known ?? 'disabled');
  }
}
