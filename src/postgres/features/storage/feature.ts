import { DeletionPolicy } from './deletion-policy';
import type { PostgresStorage, VolumeClaimOptions } from './storage';
import { STORAGE_RULES } from './validation';
import type { Feature } from '../../plan/feature';
import type { ClaimPlan } from '../../plan/parts';
import { RANK } from '../../plan/rank';
import { emptyDir } from '../../plan/volumes';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';

const USERS = ['init', 'postgres'];

/** Where the data lives: `storage` and `deletionPolicy`. */
export const storage: Feature = {
  name: 'storage',
  resolve: (props, { layout }) => {
    const hasWal = props.storage?._durableOptions?.wal !== undefined;
    return {
      volumes: [
        { name: 'data', mountPath: layout.dataMount, users: USERS, rank: RANK.FIRST, source: props.storage?.isDurable === false ? emptyDir(props.storage._sizeLimit) : undefined },
        ...(hasWal ? [{ name: 'wal', mountPath: layout.walMount, users: USERS, rank: RANK.FIRST }] : []),
      ],
      claims: claims(props.storage, props.deletionPolicy),
      variables: hasWal ? [{ container: 'init', rank: RANK.SECOND, variable: { name: 'WAL_DIRECTORY', value: layout.walDirectory } }] : [],
    };
  },
  rules: () => STORAGE_RULES,
};

function claims({ _durableOptions: data }: PostgresStorage, policy: DeletionPolicy | undefined): ClaimPlan[] {
  const isDeleted = policy === DeletionPolicy.DELETE;
  const claim = (name: string, { size, storageClassName, accessMode = PersistentVolumeAccessMode.READ_WRITE_ONCE, dataSource: source }: VolumeClaimOptions): ClaimPlan => ({
    name, size, storageClassName, accessMode, isDeleted, rank: RANK.FIRST, dataSource: source && { kind: source.kind, name: source.name, apiGroup: source.apiGroup },
  });
  return data === undefined ? [] : [claim('data', data), ...(data.wal ? [claim('wal', data.wal)] : [])];
}
