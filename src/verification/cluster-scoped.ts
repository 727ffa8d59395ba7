import { ApiObject, JsonPatch } from 'cdk8s';

/** Removes the namespace that cdk8s sets on every object of a chart: cluster-scoped objects have none. */
export function clusterScoped(object: ApiObject): ApiObject {
  if (object.metadata.namespace !== undefined) { object.addJsonPatch(JsonPatch.remove('/metadata/namespace')); }
  return object;
}
