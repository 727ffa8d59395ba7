/** What `--help` prints. */
export const HELP = `Checks PostgreSQL with TLS and cert-manager in Kubernetes manifests; converts databases of KubeDB and Bitnami.

usage: cdk8s-postgres-tls prove [OPTION…] [PATH…]
       cdk8s-postgres-tls access [OPTION…] [PATH…]   who can connect to what, how, from where, until when
       cdk8s-postgres-tls convert [--out FILE] [--acknowledge FIELD=REASON]… PATH…
       cdk8s-postgres-tls --explain RULE

PATH is a file, a folder (its YAML and JSON files, and those of subfolders), a pattern such as 'apps/**/*.yaml',
or - for standard input:  helm template … | cdk8s-postgres-tls prove -
Without PATH, the key paths of the configuration file applies.

  -f, --format FORMAT      text (default), json, sarif, github, junit or markdown
  -o, --output FILE        write the report into a file, and only its first line to standard error
  -c, --config FILE        configuration file; default: cdk8s-postgres-tls.yaml, or the key cdk8s-postgres-tls
                           of package.json, in the working directory or the nearest folder above it
      --include RULE       only these rules: ids, codes, or the presets all, certificates, postgresql
      --exclude RULE       not these rules (repeat it, or separate rules with commas)
      --ignore PATTERN     not these files
      --together           all files are applied together: compare objects of different folders and overlays as well
      --baseline FILE      report only findings that the file does not have, and name those that are gone
      --write-baseline FILE  write all current findings into the file
      --warnings-as-errors fail on warnings as well
      --allow-empty        succeed if there is no manifest to check
      --explain RULE       print the page of a rule
      --no-color           no colours; the environment variable NO_COLOR does the same
  -h, --help
  -V, --version

convert reads KubeDB's Postgres resources, and prints what becomes of each field:
      --out FILE           a TypeScript program (.ts), or manifests (.yaml); default: the program on standard output,
                           and the report on standard error
      --acknowledge FIELD=REASON  leave out a field or a kind that is not supported, such as spec.replicas (repeat it)
      --bitnami NAMESPACE/RELEASE  PATH is a values file of Bitnami's chart postgresql, of this release
      --issuer KIND/NAME   the issuer of its certificates: Issuer/NAME or ClusterIssuer/NAME
      --patroni-image IMAGE   image with PostgreSQL and Patroni for databases of KubeDB with several replicas

exit code: 0 no errors; 1 errors, or warnings with --warnings-as-errors; 2 wrong usage, or nothing could be checked

access has the options --format (text, json or markdown), --output, --config, --ignore, --together and --allow-empty.

docs/prove.md in the package describes the configuration file, the formats and pipelines, docs/kubedb.md the conversion.
`;
