#!/bin/sh
# The packed tarball, in an empty project: the programs of the documents work from CommonJS, from ES modules and from strict TypeScript, with the
# newest and with the oldest peers that it allows; objects of every release of cdk8s-plus can be handed over; what is missing is named; links
# lead to files that are packed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
npm pack --silent --pack-destination "$work" >/dev/null
tarball=$(echo "$work"/*.tgz)
typescript=$(node -p 'require("typescript/package.json").version')

# The documents whose programs users copy.
documents="$root/README.md $root/docs/postgres.md $root/docs/issuers.md $root/docs/validation.md"

block() { # block MARKER: the fenced block below that comment, in the document that has it
  # shellcheck disable=SC2086
  awk -v marker="<!-- $1 -->" '$0 == marker { on = 1; next } on && /^```/ { if (body) exit; body = 1; next } body' $documents
}

project() { # project NAME PACKAGE...
  mkdir "$work/$1"
  cd "$work/$1"
  shift
  npm init --yes >/dev/null
  npm install --silent --no-audit --no-fund "$@" >/dev/null
}

compiled() { # compiled FILE...: checked as strictly as TypeScript does, and made JavaScript of
  npx tsc --strict --target es2022 --module node20 --outDir compiled "$@"
}

# The documents, word for word.
# shellcheck disable=SC2086
sed -n 's/^<!-- program: \(.*\) -->$/\1/p' $documents | while read -r name; do
  block "program: $name" >"$work/$name.ts"
  test -s "$work/$name.ts"
done

try() { # try NAME PEER...
  name=$1
  shift
  project "$name" "$tarball" "$@" "typescript@$typescript" @types/node@20
  sed "s/^import \({.*}\) from \('.*'\);/const \1 = require(\2);/" "$work/quickstart.ts" >program.cjs
  cp "$work/quickstart.ts" program.mjs
  cp "$work"/*.ts .
  cp quickstart.ts program.ts
  # All at once: to read the declarations of the packages takes longer than to check a program.
  compiled ./*.ts
  for program in program.cjs program.mjs compiled/program.js; do
    rm -rf dist
    node "$program"
    cmp dist/quickstart.k8s.yaml "$root/dist/quickstart.k8s.yaml"
    echo "pack: $program works with $name peers"
  done
  for program in "$work"/*.ts; do
    rm -rf dist
    node "compiled/$(basename "$program" .ts).js" 2>stderr || { cat stderr; exit 1; }
    grep -q . dist/*.yaml
  done
  echo "pack: every program of the documents works with $name peers"
}

try newest cdk8s@2 constructs@10 cdk8s-plus-27@2
# What the README says that a stranger types, in a folder beside the clone.
mkdir "$work/cdk8s-postgres-tls" "$work/stranger"
cp "$tarball" "$work/cdk8s-postgres-tls/"
cd "$work/stranger"
block install | sed 's/^npm install/& --silent --no-audit --no-fund/' >install.sh
sh -eu install.sh >/dev/null
block 'program: quickstart' >main.ts
block run >run.sh
sh -eu run.sh
cmp dist/quickstart.k8s.yaml "$root/dist/quickstart.k8s.yaml"
echo "pack: the README's own commands write what it says"

try oldest cdk8s@2.68.12 constructs@10.3.0 cdk8s-plus-27@2.9.5

# Objects of other releases of cdk8s-plus.
releases='27 28 29 30 31 32 33'
# shellcheck disable=SC2046,SC2086
project plus "$tarball" cdk8s@2 constructs@10 cdk8s-plus-27@2 $(printf 'cdk8s-plus-%s ' $releases) "typescript@$typescript" @types/node@20
for release in $releases; do sed "s/'cdk8s-plus-27'/'cdk8s-plus-$release'/" "$root/test/package/plus-objects.ts" >"plus-$release.ts"; done
compiled ./plus-*.ts
for release in $releases; do
  rm -rf dist
  node "compiled/plus-$release.js"
  node "$root/.ci/ours.mjs" dist/plus.k8s.yaml >"ours-$release.yaml"
  cmp "ours-$release.yaml" ours-27.yaml
  echo "pack: objects of cdk8s-plus-$release $(node -p "require('cdk8s-plus-$release/package.json').version") can be handed over"
done

# A peer that is missing.
for peer in cdk8s cdk8s-plus-27 constructs; do
  project "without-$peer" --legacy-peer-deps "$tarball"
  for other in cdk8s cdk8s-plus-27 constructs; do
    [ "$other" = "$peer" ] || cp -r "$work/newest/node_modules/$other" node_modules/
  done
  if node --eval "require('cdk8s-postgres-tls')" 2>stderr; then exit 1; fi
  grep -q "cdk8s-postgres-tls: the package $peer is not installed; run: npm install cdk8s@" stderr || { cat stderr; exit 1; }
  echo "pack: without $peer it says so"
done

# The command, as it is installed, and the subpath of the plugin.
cd "$work/newest"
npx --no-install cdk8s-postgres-tls prove dist >answer
grep -q '^checked [1-9]' answer
npx --no-install cdk8s-postgres-tls --explain leaf-outlives-ca | grep -q '^# '
node --eval "new (require('cdk8s-postgres-tls/validation-plugin').PostgresTlsValidation)()"
echo "pack: the command works"

# Links of what is packed, and pages of findings.
cd "$work/newest"
node "$root/.ci/links.mjs" node_modules/cdk8s-postgres-tls
