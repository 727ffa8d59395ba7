const REMEMBERED = 64;

/** A function of an object, computed once per object and kept as long as the object exists. */
export function memoizeByObject<Key extends object, Answer>(compute: (target: Key) => Answer): (target: Key) => Answer {
  const answers = new WeakMap<Key, { readonly answer: Answer }>();
  return (target) => {
    const known = answers.get(target) ?? { answer: compute(target) };
    answers.set(target, known);
    return known.answer;
  };
}

/** A function of an object that keeps its last result alone: for results that are large, and asked for several times in a row. */
export function memoizeLast<Key extends object, Answer>(compute: (target: Key) => Answer): (target: Key) => Answer {
  let last: { readonly target: Key; readonly answer: Answer } | undefined;
  return (target) => {
    if (last?.target !== target) { last = { target, answer: compute(target) }; }
    return last.answer;
  };
}

/** A function of a text that keeps its last results: the pods of a fleet run the same scripts. */
export function memoizeByText<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    if (known.has(text)) { return known.get(text)!; }
    if (known.size >= REMEMBERED) { known.clear(); }
    const value = make(text);
    known.set(text, value);
    return value;
  };
}

/** A value that is computed when it is asked for first, and kept. */
export function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => (known ??= { value: compute() }).value;
}
