import { ApiObject, JsonPatch } from 'cdk8s';

/** Takes away the namespace that cdk8s puts on every object of a chart: an object of cluster scope has none. */
export function clusterScoped(object: ApiObject): ApiObject {
  if (object.metadata.namespace !== undefined) { object.addJsonPatch(JsonPatch.remove('/metadata/namespace')); }
  return object;
}
