import { networkOf } from '../network-of';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule } from '../../../../rules';

/** Labels and annotations that add a pod to a mesh, and the value of `network.mesh` for it. */
const MESH_MARKS: ReadonlyArray<{ readonly name: string; readonly value: RegExp; readonly mesh: string }> = [
  { name: 'istio.io/dataplane-mode', value: /^ambient$/, mesh: 'ServiceMesh.istioAmbient()' },
  { name: 'sidecar.istio.io/inject', value: /^true$/, mesh: 'ServiceMesh.istioSidecar()' },
  { name: 'linkerd.io/inject', value: /^(enabled|ingress)$/, mesh: 'ServiceMesh.linkerd()' },
];

export const meshNotSet: Rule<DatabaseContext> = {
  id: 'mesh-not-set',
  code: 'PGTLS-P46',
  title: 'pod in a service mesh and network.mesh is not set',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Istio, Ambient and Kubernetes NetworkPolicy; Linkerd, Network Policy',
  check: ({ props }) => {
    const marks = { ...props.podTemplate?.annotations, ...props.podTemplate?.labels };
    const { isRestricted, _options: { mesh: given } } = networkOf(props);
    return !isRestricted || given !== undefined ? [] : MESH_MARKS.filter(({ name, value }) => value.test(marks[name] ?? ''))
      .map(({ name, mesh }) => `podTemplate: '${name}' adds the pod to a mesh, but the NetworkPolicy does not allow the ports of ${mesh}`);
  },
  fix: 'set network.mesh',
};
