import { renderPod } from './pod';
import { renderService, serviceMetadata } from './services';
import type { Engine } from '../../plan/engine';
import { SERVER_CONTAINERS, serverContribution } from '../pods/server-contribution';
import { k8s } from 'cdk8s-plus-27';

/** One pod with PostgreSQL itself, prepared by an init container; a reloader beside it reloads the server when kubelet updates a mounted file. */
export const statefulSet: Engine = {
  name: 'statefulset',
  containers: SERVER_CONTAINERS,
  contribution: (basics) => serverContribution(basics, { pod: renderPod }),
  service: (plan, service) => k8s.KubeService.manifest(renderService(plan, service)),
  serviceHead: (service) => ({ ...k8s.KubeService.GVK, metadata: serviceMetadata(service) }),
};
