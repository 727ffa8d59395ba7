import type { ChartValues } from './chart-values';
import type { Mapping } from '../../data';

/** An object that a chart renders, as far as rules read it. */
export interface ChartObject {
  readonly manifest: Mapping;
  /** The value that a field and everything below it is made from, the longest match counts; with `.*` it is a copy of the value. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a chart makes of its values. */
export type ChartRenderer = (values: ChartValues, release: ChartRelease) => ReadonlyArray<ChartObject>;

/** Where a chart is installed. */
export interface ChartRelease {
  readonly name: string;
  readonly namespace: string;
}
