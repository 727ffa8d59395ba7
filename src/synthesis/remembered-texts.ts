/** Characters that are remembered at most: the scripts and words of a fleet are few, its names are as many as its databases. */
const LIMIT = 4_000_000;

/** What was computed for a text, kept up to a limit of characters. */
export class RememberedTexts {
  private readonly known = new Map<string, string>();
  private characters = 0;

  /** What is known for the text, or what `compute` returns. */
  public of(text: string, compute: () => string): string {
    const known = this.known.get(text);
    if (known !== undefined) { return known; }
    const made = compute();
    this.characters += text.length + made.length;
    if (this.characters > LIMIT) {
      this.known.clear();
      this.characters = text.length + made.length;
    }
    this.known.set(text, made);
    return made;
  }
}
