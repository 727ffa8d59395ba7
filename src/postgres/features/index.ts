import { access } from './access/feature';
import { backup } from './backup/feature';
import { clients } from './clients/feature';
import { cloudNativePg } from './cloud-native-pg/feature';
import { initialization } from './initialization/feature';
import { monitoring } from './monitoring/feature';
import { members } from './members/feature';
import { network } from './network/feature';
import { parameters } from './parameters/feature';
import { pod } from './pod/feature';
import { poolers } from './poolers/feature';
import { resources } from './resources/feature';
import { services } from './services/feature';
import { storage } from './storage/feature';
import { tls } from './tls/feature';
import type { Feature } from '../plan/feature';

/** Every feature of a database. The order of this list has no effect on manifests. */
export const FEATURES: ReadonlyArray<Feature> = [
  tls,
  access,
  backup,
  clients,
  cloudNativePg,
  initialization,
  monitoring,
  network,
  members,
  poolers,
  services,
  pod,
  storage,
  parameters,
  resources,
];
