import { CloudNativePgOptions } from './cloud-native-pg-options';
import { PatroniOptions } from './patroni-options';
import { checkArguments } from '../../../checks';

/** Several servers for one database, with automatic failover by an engine that exists: this package elects and promotes nothing itself. */
export class HighAvailability {
  /** Patroni in the pods of the StatefulSet, with ConfigMaps as its store. */
  public static patroni(options: PatroniOptions): HighAvailability {
    checkArguments('HighAvailability.patroni', options);
    return new HighAvailability({ engine: 'patroni', options });
  }

  /** A `Cluster` of CloudNativePG, whose operator the cluster must have. */
  public static cloudNativePg(options: CloudNativePgOptions): HighAvailability {
    checkArguments('HighAvailability.cloudNativePg', options);
    return new HighAvailability({ engine: 'cloudnativepg', options });
  }

  private constructor(
    /** @internal */
    public readonly _choice: { readonly engine: 'patroni'; readonly options: PatroniOptions } | { readonly engine: 'cloudnativepg'; readonly options: CloudNativePgOptions },
  ) {}
}
