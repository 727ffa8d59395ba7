import { App } from 'cdk8s';
import { clients } from './clients';
import { clusterIssuer } from './cluster-issuer';
import { kubedbGuide } from './kubedb-guide';
import { plain } from './plain';
import { quickstart } from './quickstart';

const app = new App();
quickstart(app);
kubedbGuide(app);
clusterIssuer(app);
plain(app);
clients(app);
app.synth();
