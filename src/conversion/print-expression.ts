import { Call, Constant, Expression, Fields, Variable } from './expression';

const WIDTH = 110;

/** An expression as TypeScript: on one line if it fits, otherwise an entry a line. */
export function printExpression(expression: Expression, indent = ''): string {
  const line = onOneLine(expression);
  if (indent.length + line.length <= WIDTH) { return line; }
  if (expression instanceof Fields) { return block('{', expression.entries.map(([name, value]) => `${key(name)}: ${printExpression(value, `${indent}  `)}`), '}', indent); }
  if (expression instanceof Call) {
    const { method, parameters } = expression;
    // A call of one object literal keeps its braces beside the parentheses.
    return parameters.length === 1 && parameters[0] instanceof Fields ? `${method}(${printExpression(parameters[0], indent)})`
      : block(`${method}(`, parameters.map((parameter) => printExpression(parameter, `${indent}  `)), ')', indent);
  }
  return isList(expression) ? block('[', expression.map((item) => printExpression(item, `${indent}  `)), ']', indent) : line;
}

/** Names of classes that an expression uses. */
export function classesOf(expression: Expression): string[] {
  if (expression instanceof Fields) { return expression.entries.flatMap(([, value]) => classesOf(value)); }
  if (expression instanceof Call) { return [classOf(expression.method), ...expression.parameters.flatMap(classesOf)]; }
  if (expression instanceof Constant) { return [classOf(expression.name)]; }
  return isList(expression) ? expression.flatMap(classesOf) : [];
}

/** The class of a static member. */
export function classOf(member: string): string {
  return member.split('.')[0]!;
}

/** A text as a literal of TypeScript. */
export function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped.replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}

function onOneLine(expression: Expression): string {
  if (typeof expression === 'string') { return quoted(expression); }
  if (typeof expression === 'number' || typeof expression === 'boolean') { return String(expression); }
  if (expression instanceof Variable || expression instanceof Constant) { return expression.name; }
  if (expression instanceof Call) { return `${expression.method}(${expression.parameters.map(onOneLine).join(', ')})`; }
  if (expression instanceof Fields) {
    const entries = expression.entries.map(([name, value]) => (value instanceof Variable && value.name === name ? name : `${key(name)}: ${onOneLine(value)}`));
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return `[${expression.map(onOneLine).join(', ')}]`;
}

function block(open: string, entries: ReadonlyArray<string>, close: string, indent: string): string {
  return [open, ...entries.map((entry) => `${indent}  ${entry},`), `${indent}${close}`].join('\n');
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function isList(expression: Expression): expression is ReadonlyArray<Expression> {
  return Array.isArray(expression);
}
