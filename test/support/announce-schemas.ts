/** Before the tests of the project: prints once what is skipped. */
export default function announceSchemas(): void {
  if ((process.env['SCHEMAS'] ?? '') !== '') { return; }
  process.stderr.write('SKIPPED: nothing is validated against the API schemas of Kubernetes and cert-manager; environment variable SCHEMAS names their folder\n');
}
