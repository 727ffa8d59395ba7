/** A file mode as messages show it: `0644`. */
export function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}
