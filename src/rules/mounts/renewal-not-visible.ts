import { environmentKeys } from './environment-keys';
import type { ContainerView } from '../../kubernetes';
import { type CertificateNode, producesKey } from '../../pki';
import { isRestartedFor, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';

export const renewalNotVisible: Rule<PodContext> = {
  id: 'renewal-not-visible',
  code: 'PGTLS-F03',
  title: 'renewed certificate not visible to the pod (subPath or environment variable)',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/configuration/secret/', 'Secrets', 'a container that uses a Secret as subPath or environment variable does not get updates')],
  check: (context, report) => {
    const lasts = ({ certificate, container }: { certificate: CertificateNode; container: ContainerView }) =>
      certificate.isRenewed && !container.isInit && !context.pod.isJob && !isRestartedFor(context.pod, certificate);
    for (const found of context.mounts) {
      const { container, mount, source } = found;
      if (mount.subPath !== '' && lasts(found)) {
        report(`${mount.field}.subPath`, `container '${container.name}' mounts '${mount.subPath}' of Secret '${source.name}' as subPath at '${mount.mountPath}', which is not updated at renewal`);
      }
    }
    for (const variable of environmentKeys(context)) {
      const { container, field, name, key, certificate } = variable;
      if (lasts(variable) && (key === undefined || producesKey(certificate, key) !== false)) {
        report(field, `container '${container.name}' reads ${name === '' ? 'variables' : `variable '${name}'`} from Secret '${certificate.secretName}', which is not updated at renewal`);
      }
    }
  },
  fix: 'mount the Secret as a directory, or restart the pod at each renewal',
};
