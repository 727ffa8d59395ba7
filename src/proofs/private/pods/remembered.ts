const REMEMBERED = 64;

/** A function of a text that keeps its last answers: the pods of a fleet run the same scripts. */
export function remembered<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    if (known.has(text)) { return known.get(text)!; }
    if (known.size >= REMEMBERED) { known.clear(); }
    const value = make(text);
    known.set(text, value);
    return value;
  };
}
