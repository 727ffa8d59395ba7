import { shellCommands } from '../../src/formats';

test('shellCommands splits a shell text into commands and their operators', () => {
  expect(shellCommands("set -e # strict\nif ! test -f a; then cp '/a b' \"/c d\" && exec postgres -c x=1 \\\n -D /data; fi").map(({ words, after }) => [words.join('|'), after])).toEqual([
    ['set|-e', ';'], ['test|-f|a', ';'], ['cp|/a b|/c d', '&&'], ['exec|postgres|-c|x=1|-D|/data', ';'], ['fi', ''],
  ]);
});
