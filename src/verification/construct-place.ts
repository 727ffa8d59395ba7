import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Place } from './place';
import { memoizeByObject } from '../data';

/** The place of a construct, one for each. */
export const constructPlace: (construct: IConstruct) => Place = memoizeByObject(({ node: { path, scope } }: IConstruct): Place => {
  if (scope === undefined) { return new Place(path); }
  const isBelowChart = scope.node.scope !== undefined && !Chart.isChart(scope);
  return new Place(path, constructPlace(scope).scopes, isBelowChart ? constructPlace(scope) : undefined);
});
