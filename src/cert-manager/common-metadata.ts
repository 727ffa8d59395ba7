/** Name of a construct that writes several objects, and labels and annotations of all of them. */
export interface CommonMetadata {
  /**
   * Name, from which the names of all objects are derived.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Labels of every object.
   *
   * @default - none in addition to those of this package
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of every object.
   *
   * @default - none in addition to those of this package
   */
  readonly annotations?: { readonly [name: string]: string };
}
