import { displayName } from '../../kubernetes';
import { imageName, PodContext, showsKey } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

/** Programs that terminate TLS in front of a database and may share its certificate. */
const PROXIES = /pgbouncer|pgpool|pgcat|odyssey|supavisor|haproxy|envoy|nginx|stunnel|traefik/;

export const serverKeyInOtherPod: Rule<PodContext> = {
  id: 'server-key-in-other-pod',
  code: 'PGTLS-F07',
  severity: Severity.WARNING,
  title: 'server private key mounted into another pod',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager, trust: a client needs the CA certificate, not the private key of its server',
  check: (context) => {
    if (context.servers.length > 0 || context.pod.containers.some(({ image }) => PROXIES.test(imageName(image)))) { return []; }
    return context.mounts.filter(({ certificate, source }) => !certificate.isCa && showsKey(source) && context.workloads.isServerCertificate(certificate))
      .map(({ container, source, certificate }) => `container '${container.name}' mounts the private key of the server's ${displayName(certificate.at)} in volume '${source.volume}'`);
  },
  fix: 'mount ca.crt only (items), and give the client its own certificate',
};
