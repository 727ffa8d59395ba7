import { hasReloadPath, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { serverMounts, certificatesOf } from './mount-shared';

export const serverNotReloaded: Rule<PodContext> = {
  id: 'server-not-reloaded',
  code: 'PGTLS-F05',
  severity: Severity.WARNING,
  title: 'server not reloaded after certificate renewal',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL reads certificates at start and at SIGHUP',
  // Servers of this package have a reloader container.
  check: (context) => (context.servers.every(({ isOurs }) => isOurs) ? [] :
    certificatesOf(serverMounts(context).filter(({ mount }) => mount.subPath === ''))
      .filter((certificate) => certificate.isRenewed && !hasReloadPath(context, certificate))
      .map((certificate) => `nothing reloads the server when the certificate in Secret '${certificate.secretName}' is renewed: it keeps serving the old certificate`)),
  fix: 'add a sidecar that calls pg_reload_conf(), annotate the workload for Reloader, or acknowledge the warning if something else reloads the server',
};
