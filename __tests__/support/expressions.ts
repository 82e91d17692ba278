import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

/** What a runner has at hand, by its contexts. */
export type Contexts = Readonly<Record<string, unknown>>

function toData(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  if (typeof value !== 'object' || value === null) return new data.Null()
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })))
}

/** The value of one expression, by GitHub's own evaluator. @throws Error for what is no expression, and for contexts that are not there */
export function evaluate(expression: string, contexts: Contexts): data.ExpressionData {
  const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), [])
  return new Evaluator(parser.parse(), toData(contexts) as data.Dictionary).evaluate()
}

/** A text of a workflow with its expressions filled in, as a runner does. */
export function filledIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{([\s\S]*?)\}\}/g, (_all, expression: string) => evaluate(expression.trim(), contexts).coerceString())
}
