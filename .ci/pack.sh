#!/bin/sh
# The packed tarball, in an empty project: works from CommonJS, from ES modules and from strict TypeScript, with the newest and
# with the oldest peers that it allows.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
npm pack --silent --pack-destination "$work" >/dev/null
tarball=$(echo "$work"/*.tgz)
typescript=$(node -p 'require("typescript/package.json").version')

body="
const app = new App();
const chart = new Chart(app, 'quickstart', { namespace: 'orders' });
const ca = new CertificateAuthority(chart, 'orders-ca');
new Postgres(chart, 'orders-db', {
  version: PostgresVersion.V18,
  tls: { issuer: ca.issuer },
  superuserAccess: SuperuserAccess.certificate(),
  storage: PostgresStorage.durable({ size: Size.gibibytes(10) }),
});
app.synth();
"
ours='{ CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess }'

try() { # try NAME PEER...
  name=$1
  shift
  mkdir "$work/$name"
  cd "$work/$name"
  npm init --yes >/dev/null
  npm install --silent --no-audit --no-fund "$tarball" "$@" "typescript@$typescript" @types/node@20 >/dev/null

  printf "const { App, Chart, Size } = require('cdk8s');\nconst %s = require('cdk8s-postgres-tls');\n%s" "$ours" "$body" >program.cjs
  printf "import { App, Chart, Size } from 'cdk8s';\nimport %s from 'cdk8s-postgres-tls';\n%s" "$ours" "$body" >program.mjs
  cp program.mjs program.ts
  npx tsc --strict --target es2022 --module node20 --outDir compiled program.ts
  for program in program.cjs program.mjs compiled/program.js; do
    rm -rf dist
    node "$program"
    cmp dist/quickstart.k8s.yaml "$root/dist/quickstart.k8s.yaml"
    echo "pack: $program works with $name peers"
  done
}

try newest cdk8s@2 constructs@10 cdk8s-plus-27@2
try oldest cdk8s@2.68.12 constructs@10.3.0 cdk8s-plus-27@2.9.5
