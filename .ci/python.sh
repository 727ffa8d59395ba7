#!/bin/sh
# The package for Python, in an empty environment: the quickstart of docs/languages.md and examples/clients.py write the manifests that the same
# programs in TypeScript write, byte by byte; wrong arguments and wrong manifests are errors of Python with the text that TypeScript has.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1

# The newest release that reads the assemblies of the jsii of this repository.
mkdir "$work/pacmak"
npm install --silent --no-audit --no-fund --prefix "$work/pacmak" jsii-pacmak@1.140.0 >/dev/null
JSII_PACMAK="$work/pacmak" node "$root/.ci/jsii.mjs" "$work/package"

python3 -m venv "$work/python"
PATH="$work/python/bin:$PATH"
installed() { node -p "require('$root/node_modules/$1/package.json').version"; }
pip install --quiet --disable-pip-version-check "$work/package/python" "cdk8s==$(installed cdk8s)" "constructs==$(installed constructs)" "cdk8s-plus-27==$(installed cdk8s-plus-27)"
mkdir "$work/app"
cd "$work/app"

block() { # block MARKER: the fenced block below that comment
  awk -v marker="<!-- $1 -->" '$0 == marker { on = 1; next } on && /^```/ { if (body) exit; body = 1; next } body' "$root/docs/languages.md"
}

same() { # same PROGRAM CHART...: the program writes the files of dist/
  program=$1
  shift
  rm -rf dist
  python "$program" 2>stderr || { cat stderr; exit 1; }
  for chart in "$@"; do cmp "dist/$chart.k8s.yaml" "$root/dist/$chart.k8s.yaml"; done
  [ "$(find dist -type f | wc -l)" = $# ]
  echo "python: $(basename "$program") writes the manifests of TypeScript"
}

block 'python: quickstart' >quickstart.py
test -s quickstart.py
same quickstart.py quickstart
same "$root/examples/clients.py" clients-platform clients-sales clients-storefront clients-finance

block 'python: refused' >refused.py
rm -rf dist
if python refused.py >stdout 2>stderr; then exit 1; fi
block 'error: refused' | while read -r line; do grep -qF -- "$line" stderr || { cat stderr; exit 1; }; done
[ -z "$(find dist -type f 2>/dev/null)" ] # cdk8s makes the folder
echo "python: an error has the text of TypeScript"

python "$root/test/package/arguments.py"
echo "python: the checks of arguments accept what Python hands over"
