/** Conditions and values of a flow: CEL expressions, checked against the answers' types when the flow is loaded. */
import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import type { Json, Values } from './types.js'
import { isValues } from './values.js'

/** The type of a value as CEL names it; an object's by its fields. */
export type Shape = string | { [field: string]: Shape }

export type Scope = { answers: Values; person: Values; input: Values; event: Values }

export type Expression = {
  source: string
  type: string
  /** The steps whose answers it reads; `*` when it reads all of them. */
  uses: ReadonlySet<string>
  /** @throws when a stored value is not of its type */
  value(scope: Scope): Json
}

/** What an unanswered question, or a field nobody filled, reads as (as unset fields do in CEL's own messages). */
export function emptyOf(shape: Shape): Json {
  if (typeof shape !== 'string')
    return Object.fromEntries(Object.entries(shape).map(([field, inner]) => [field, emptyOf(inner)]))
  if (shape === 'string') return ''
  if (shape === 'double') return 0
  if (shape === 'bool') return false
  if (shape.startsWith('list')) return []
  if (shape.startsWith('map')) return {}
  return null
}

const ROOTS = ['answers', 'person', 'input', 'event'] as const

/** Answers are JSON numbers, but people who write flows write `answers.age + 1`. */
function withPlainNumbers(environment: Environment): Environment {
  const operators = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => a / b,
  }
  for (const [sign, apply] of Object.entries(operators)) {
    environment.registerOperator(`double ${sign} int`, (a: number, b: bigint) => apply(a, Number(b)))
    environment.registerOperator(`int ${sign} double`, (a: bigint, b: number) => apply(Number(a), b))
  }
  return environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
}

const typed = withPlainNumbers(new Environment({ homogeneousAggregateLiterals: false }))
/** Runs what `typed` has checked. Values stay the plain objects they are, which is faster than typed ones. */
const untyped = withPlainNumbers(
  new Environment({ homogeneousAggregateLiterals: false, unlistedVariablesAreDyn: true }),
)

export type World = { [root in (typeof ROOTS)[number]]: { [field: string]: Shape } }

/**
 * Gives the compiler of one flow's expressions.
 * @param world the types of everything that may be read
 * @param idsOf the ids that an answer can have, when they are known: a typing mistake in a comparison is then found
 */
export function expressions(world: World, idsOf: (step: string) => ReadonlySet<string> | undefined) {
  const environment = typed.clone()
  for (const root of ROOTS) environment.registerVariable({ name: root, schema: world[root] })
  environment.registerVariable('given', 'list<string>')

  /** @throws Error with a sentence for whoever writes the flow */
  return function compile(source: string): Expression {
    const checked = environment.check(source)
    if (!checked.valid) throw new Error(`"${source}": ${firstLine(checked.error)}`)
    const program = untyped.parse(source)
    const reads = readsOf(program.ast, world)
    for (const { step, id } of reads.compared) {
      const ids = idsOf(step)
      if (ids && id !== '' && !ids.has(id))
        throw new Error(`"${source}": "${id}" is not an option of "${step}" (${[...ids].join(', ')})`)
    }
    if (reads.presence)
      throw new Error(
        `"${source}": write "step" in given, not has(answers.step): an unanswered question reads as empty`,
      )
    const shortcut = shortcutOf(program.ast, reads)
    const roots = [...reads.roots].map(([root, fields]) => ({ root, read: fields && [...fields.values()] }))
    return {
      source,
      type: checked.type ?? 'dyn',
      uses: reads.steps,
      value(scope) {
        if (shortcut) return shortcut(scope)
        const context: { [root: string]: Values | string[] } = {}
        if (reads.given) context.given = Object.keys(scope.answers)
        for (const { root, read } of roots)
          context[root] = read
            ? Object.fromEntries(read.map(({ field, empty }) => [field, filled(scope[root][field], empty)]))
            : scope[root]
        return plain(program(context))
      },
    }
  }
}

/**
 * Most expressions of a flow only look at one field, or compare it with a word. These need no interpreter: the same result in a
 * tenth of the time. Everything else is left to CEL.
 */
function shortcutOf(ast: ASTNode, reads: Reads): ((scope: Scope) => Json) | undefined {
  if (ast.op === '!_') {
    const inner = readOf(ast.args, reads)
    return inner && ((scope) => inner(scope) !== true)
  }
  if (ast.op !== '==' && ast.op !== '!=') return readOf(ast, reads)
  const [left, right] = ast.args
  const read = readOf(left, reads)
  if (!read || right.op !== 'value' || typeof right.args !== 'string') return undefined
  const wanted = right.args
  return ast.op === '==' ? (scope) => read(scope) === wanted : (scope) => read(scope) !== wanted
}

/** `answers.step`, or `answers.step.field`. */
function readOf(ast: ASTNode, reads: Reads): ((scope: Scope) => Json) | undefined {
  if (ast.op !== '.') return undefined
  const [object, field] = ast.args
  if (object.op === 'id' && isRoot(object.args)) {
    const root = object.args
    const empty = reads.roots.get(root)?.get(field)?.empty
    return empty === undefined ? undefined : (scope) => filled(scope[root][field], empty)
  }
  const outer = object.op === '.' && object.args[0].op === 'id' ? readOf(object, reads) : undefined
  return (
    outer &&
    ((scope) => {
      const value = outer(scope)
      const inner = isValues(value) ? value[field] : undefined
      if (inner === undefined) throw new Error(`no such key: ${field}`)
      return inner
    })
  )
}

const firstLine = (error: Error | undefined) => error?.message.split('\n')[0] ?? 'cannot be read'

function filled(value: Json | undefined, empty: Json): Json {
  if (value === undefined || value === null) return empty
  if (isValues(empty) && isValues(value)) return { ...empty, ...value }
  return value
}

/** CEL counts in 64-bit integers; JSON knows numbers only. */
function plain(value: unknown): Json {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number') return value
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return plain(Object.fromEntries(value))
  if (value && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
  return null
}

type Root = (typeof ROOTS)[number]

type Reads = {
  steps: Set<string>
  /** The fields that are read of each root, or all of it. */
  roots: Map<Root, Map<string, { field: string; empty: Json }> | undefined>
  compared: { step: string; id: string }[]
  presence: boolean
  given: boolean
}

const isRoot = (name: string): name is Root => (ROOTS as readonly string[]).includes(name)
const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value

function readsOf(ast: ASTNode, world: World): Reads {
  const reads: Reads = { steps: new Set(), roots: new Map(), compared: [], presence: false, given: false }
  const words = new Set<string>()

  const whole = (root: Root) => {
    reads.roots.set(root, undefined)
    if (root === 'answers') reads.steps.add('*')
  }
  const part = (root: Root, field: string) => {
    if (root === 'answers') reads.steps.add(field)
    if (reads.roots.has(root) && !reads.roots.get(root)) return
    const shape = world[root][field]
    const fields = reads.roots.get(root) ?? new Map<string, { field: string; empty: Json }>()
    reads.roots.set(root, fields.set(field, { field, empty: shape === undefined ? null : emptyOf(shape) }))
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each)
    if (!isNode(node)) return
    if (node.op === 'id' && node.args === 'given') reads.given = true
    if (node.op === 'value' && typeof node.args === 'string') words.add(node.args)
    if (node.op === 'call' && node.args[0] === 'has') reads.presence = true
    if (node.op === '==' || node.op === '!=') comparison(node.args[0], node.args[1], reads)
    if (node.op === 'in') membership(node.args[0], node.args[1], reads)
    if (node.op === 'id' && isRoot(node.args)) whole(node.args)
    else if (node.op === '.' && node.args[0].op === 'id' && isRoot(node.args[0].args))
      part(node.args[0].args, node.args[1])
    else visit(node.args)
  }
  visit(ast)
  if (reads.given) for (const word of words) if (word in world.answers) reads.steps.add(word)
  return reads
}

/** `answers.step`, or `answers.step.choice` of a question that also takes own words. */
function stepRead(node: ASTNode): string | undefined {
  if (node.op !== '.') return undefined
  const [object, field] = node.args
  if (object.op === 'id' && object.args === 'answers') return field
  return field === 'choice' ? stepRead(object) : undefined
}

function comparison(left: ASTNode, right: ASTNode, reads: Reads): void {
  for (const [read, value] of [
    [left, right],
    [right, left],
  ] as const) {
    const step = stepRead(read)
    if (step !== undefined && value.op === 'value' && typeof value.args === 'string')
      reads.compared.push({ step, id: value.args })
  }
}

function membership(item: ASTNode, list: ASTNode, reads: Reads): void {
  const step = stepRead(item)
  if (step !== undefined && list.op === 'list')
    for (const entry of list.args)
      if (entry.op === 'value' && typeof entry.args === 'string') reads.compared.push({ step, id: entry.args })
  const chosen = stepRead(list)
  if (chosen !== undefined && item.op === 'value' && typeof item.args === 'string')
    reads.compared.push({ step: chosen, id: item.args })
}
