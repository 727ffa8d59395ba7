import { firstOfEach, serverMounts } from './server-mounts';
import { hasReloadPath, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

export const serverNotReloaded: Rule<PodContext> = {
  id: 'server-not-reloaded',
  code: 'PGTLS-F05',
  severity: Severity.WARNING,
  title: 'server not reloaded after certificate renewal',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('ssl-tcp.html', 'Secure TCP/IP Connections with SSL', 'the server reads certificates at its start and at a reload')],
  check: (context, report) => {
    // Servers of this package have a reloader container.
    if (context.servers.every(({ isOurs }) => isOurs)) { return; }
    const mounts = [...serverMounts(context), ...context.servers.flatMap(({ unconfirmedMounts }) => unconfirmedMounts)];
    const copies = firstOfEach(context.servers.flatMap((server) => server.copies));
    for (const { certificate, source } of copies) {
      if (certificate.isRenewed && !hasReloadPath(context, certificate)) {
        report(source.nameField, `the server reads a copy of the certificate in Secret '${certificate.secretName}' that is made at the start of the pod: it keeps serving the old certificate after a renewal`);
      }
    }
    for (const { certificate, source } of firstOfEach(mounts.filter(({ mount, certificate }) => mount.subPath === '' && !copies.some((copy) => copy.certificate === certificate)))) {
      if (certificate.isRenewed && !hasReloadPath(context, certificate)) {
        report(source.nameField, `nothing reloads the server when the certificate in Secret '${certificate.secretName}' is renewed: it keeps serving the old certificate`);
      }
    }
  },
  fix: 'add a sidecar that calls pg_reload_conf(), annotate the workload for Reloader, or acknowledge the warning if something else reloads the server',
};
