import { shownKeyField } from './shown-key-field';
import { displayName } from '../../kubernetes';
import { imageName, type PodContext, showsKey } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

/** Programs that terminate TLS in front of a database and may share its certificate. */
const PROXIES = /pgbouncer|pgpool|pgcat|odyssey|supavisor|haproxy|envoy|nginx|stunnel|traefik/;

export const serverKeyInOtherPod: Rule<PodContext> = {
  id: 'server-key-in-other-pod',
  code: 'PGTLS-F07',
  severity: Severity.WARNING,
  title: 'server private key mounted into another pod',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('libpq-ssl.html', 'SSL Support', 'a client needs the CA certificate, not the private key of its server')],
  check: (context, report) => {
    if (context.servers.length > 0 || context.pod.containers.some(({ image }) => PROXIES.test(imageName(image)))) { return; }
    for (const { certificate, container, source } of context.mounts) {
      if (!certificate.isCa && showsKey(source) && context.workloads.isServerCertificate(certificate)) {
        report(shownKeyField(source), `container '${container.name}' mounts the private key of the server's ${displayName(certificate.at)} in volume '${source.volume}'`);
      }
    }
  },
  fix: 'mount ca.crt only (items), and give the client its own certificate',
};
