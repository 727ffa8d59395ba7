// The manifests of a file that this package has written: those of cdk8s-plus differ from release to release.
import { readFileSync } from 'node:fs';

const documents = readFileSync(process.argv[2], 'utf8').split(/^---\n/m);
console.log(documents.filter((text) => !/^ {2}name: plus-/m.test(text)).join('---\n'));
