import { archivesOf } from './pgbackrest-files';
import { areTogether, displayName, inNamespace } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { pgBackRestIssue } from '../engine/sources';

export const backupRepositoryShared: Rule<ManifestTarget> = {
  id: 'backup-repository-shared',
  code: 'PGTLS-P177',
  title: 'two databases that archive to the same stanza of one bucket',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBackRestIssue(584, 'WAL of two databases in one archive')],
  check: ({ at, manifests }, report) => {
    const archives = archivesOf(manifests);
    for (const { file, place, stanza } of archives.filter((archive) => archive.file.at === at)) {
      const earlier = archives.find((other) => other.place === place)!.file.at;
      if (earlier !== at && areTogether(earlier, at)) {
        report(file.field, `stanza '${stanza}' of this bucket and path is already that of ${displayName(earlier)}${inNamespace(earlier.namespace)}: the WAL of two databases would be mixed`);
      }
    }
  },
  fix: 'give one of the repositories another path: BackupRepository.s3({ path })',
  fixInYaml: 'give one of them another repo1-path',
};
