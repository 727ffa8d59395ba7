import type { DatabaseContext } from '../../../plan/database-context';
import { networkOf } from '../../../plan/network-of';
import { Consequence, kubernetesPage, postgresPage, type Rule, Severity } from '../../../../rules';

/** Commands that archive to a path inside the pod. */
const LOCAL_PROGRAMS = new Set(['', 'cp', 'test', 'true', '/bin/true', 'gzip', 'dd', 'mv', 'install', '/bin/cp', '/usr/bin/cp', '[']);

export const egressNotSet: Rule<DatabaseContext> = {
  id: 'egress-not-set',
  code: 'PGTLS-P45',
  severity: Severity.WARNING,
  title: 'archiving or a container needs the network and network.egress is not set',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies', 'connections without an egress rule are dropped'),
    postgresPage('continuous-archiving.html', 'Continuous Archiving', 'WAL that is not archived is kept'),
  ],
  check: ({ props }, report) => {
    const { parameters = {}, podTemplate = {} } = props;
    const { isRestricted, _options: { egress = [] } } = networkOf(props);
    if (!isRestricted || egress.length > 0) { return; }
    const containers = [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])];
    if (archivesOutside(parameters)) { report('network.egress', 'parameters: the archive command can only reach DNS'); }
    for (const { name } of containers) { report('network.egress', `podTemplate: container '${name}' can only reach DNS`); }
  },
  fix: 'add the destination to network.egress, or acknowledge the warning if it does not use the network',
};

function archivesOutside({ archive_mode: mode, archive_command: command = '', archive_library: library = '' }: { readonly [name: string]: string }): boolean {
  if (!['on', 'always'].includes((mode ?? '').toLowerCase())) { return false; }
  const programs = command.split(/&&|\|\||;|\|/).map((part) => part.trim().replace(/^!\s*/, '').split(/\s+/)[0]!);
  return (library !== '' && library !== 'basic_archive') || programs.some((program) => !LOCAL_PROGRAMS.has(program));
}
