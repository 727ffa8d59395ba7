// What people hand over of cdk8s-plus, of every kind. .ci/pack.sh runs it with the packed package and every release of cdk8s-plus.
import { App, Chart, Size } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import {
  AcmeSolver, CertificateRevocationList, Dns01Provider, InitScripts, Issuer, IssuerSource, NetworkPeer, Postgres, PostgresNetwork, PostgresStorage,
  PostgresVersion, Route53Credentials, SuperuserAccess, VaultAuth,
} from 'cdk8s-postgres-tls';

const app = new App();
const chart = new Chart(app, 'plus', { namespace: 'orders' });
const account = plus.ServiceAccount.fromServiceAccountName(chart, 'account', 'vault-issuer');
const secret = plus.Secret.fromSecretName(chart, 'secret', 'orders-secret');
const map = plus.ConfigMap.fromConfigMapName(chart, 'map', 'orders-map');

const issuer = new Issuer(chart, 'vault', {
  source: IssuerSource.vault({ server: 'https://vault.example.com', path: 'pki/sign/postgres', auth: VaultAuth.kubernetes({ role: 'postgres', serviceAccount: account }) }),
});
new Issuer(chart, 'acme', {
  source: IssuerSource.acme({
    server: 'https://acme.example.com/directory',
    solvers: [AcmeSolver.dns01(Dns01Provider.route53({
      credentials: Route53Credentials.accessKey({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: { secret, key: 'key' } }),
    }))],
  }),
});
// Objects of cdk8s-plus in the same app are validated as well.
const shop = new plus.Deployment(chart, 'shop', { containers: [{ image: 'registry.example.com/shop:1.0', envVariables: { PGPASSWORD: secret.envValue('password') } }] });
new Postgres(chart, 'orders-db', {
  version: PostgresVersion.V18_4,
  tls: { issuer, certificateRevocationList: CertificateRevocationList.fromConfigMap(map) },
  superuserAccess: SuperuserAccess.password(secret),
  storage: PostgresStorage.durable({ size: Size.gibibytes(10) }),
  init: { scripts: InitScripts.fromSecret(secret) },
  network: PostgresNetwork.restricted({ clients: [NetworkPeer.sameNamespace(), shop, plus.NetworkPolicyIpBlock.ipv4(chart, 'office', '203.0.113.0/24')], egress: [{ to: NetworkPeer.anywhere() }] }),
  resources: { cpu: { request: plus.Cpu.millis(500), limit: plus.Cpu.units(2) } },
  podTemplate: {
    imagePullSecrets: [secret],
    tolerations: [{ key: 'database', operator: 'Exists', effect: 'NoSchedule' }],
    volumes: [{ name: 'cache', emptyDir: { sizeLimit: plus.k8s.Quantity.fromString('1Gi') } }, plus.Volume.fromConfigMap(chart, 'files', map, { name: 'files' })],
    containers: [{
      name: 'sidecar',
      image: 'registry.example.com/sidecar:1.0',
      ports: [{ name: 'http', containerPort: 8080 }],
      livenessProbe: { httpGet: { path: '/', port: plus.k8s.IntOrString.fromString('http') } },
      resources: { limits: { memory: plus.k8s.Quantity.fromString('64Mi') }, requests: { 'ephemeral-storage': plus.k8s.Quantity.fromString('64Mi') } },
      volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
    }],
  },
});
new plus.NetworkPolicy(chart, 'policy', { selector: plus.Pods.all(chart, 'pods') });
app.synth();
