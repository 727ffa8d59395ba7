import { ContainerView } from '../../kubernetes';
import { CertificateNode, producesKey } from '../../pki';
import { isRestartedFor, PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { environmentKeys } from './mount-shared';

export const renewalNotVisible: Rule<PodContext> = {
  id: 'renewal-not-visible',
  code: 'PGTLS-F03',
  title: 'renewed certificate not visible to the pod (subPath or environment variable)',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Secrets: a container that uses a Secret as subPath or environment variable does not get updates',
  check: (context) => {
    const lasts = ({ certificate, container }: { certificate: CertificateNode; container: ContainerView }) =>
      certificate.isRenewed && !container.isInit && !context.pod.isJob && !isRestartedFor(context.pod, certificate);
    return [
      ...context.mounts.filter((mount) => mount.mount.subPath !== '' && lasts(mount))
        .map(({ container, mount, source }) => `container '${container.name}' mounts '${mount.subPath}' of Secret '${source.name}' as subPath at '${mount.mountPath}', which is not updated at renewal`),
      ...environmentKeys(context).filter((variable) => lasts(variable) && (variable.key === undefined || producesKey(variable.certificate, variable.key) !== false))
        .map(({ container, name, certificate }) => `container '${container.name}' reads ${name === '' ? 'variables' : `variable '${name}'`} from Secret '${certificate.secretName}', which is not updated at renewal`),
    ];
  },
  fix: 'mount the Secret as a directory, or restart the pod at each renewal',
};
