/** A function of an object that is worked out once for each and remembered for as long as the object is there. */
export function oncePer<Subject extends object, Answer>(workOut: (subject: Subject) => Answer): (subject: Subject) => Answer {
  const answers = new WeakMap<Subject, { readonly answer: Answer }>();
  return (subject) => {
    const known = answers.get(subject) ?? { answer: workOut(subject) };
    answers.set(subject, known);
    return known.answer;
  };
}
