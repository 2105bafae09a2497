/** Types on the border between zod (actions) and CEL (conditions). */
import { z } from 'zod'
import { emptyOf, type Shape } from './cel.js'
import type { Json } from './types.js'

/** What a flow may know of an action. A capability's action has more; the engine never runs it. */
export type ActionSpec = {
  name: string
  input: z.ZodType
  output: z.ZodType
  /** It leads to a human: a path that ends here ends well. */
  human?: boolean
}

/** What conditions may read of a person unless the caller says otherwise. */
export const PERSON: Readonly<Record<string, Shape>> = {
  role: 'string',
  channel: 'string',
  owner: 'string',
  language: 'string',
  country: 'string',
  city: 'string',
  consent: 'string',
  hasCase: 'bool',
}

type JsonSchema = z.core.JSONSchema.BaseSchema

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): JsonSchema =>
  z.toJSONSchema(type, { io, unrepresentable: 'any' })

export const outputShape = (spec: ActionSpec): Shape => shapeOf(schemaOf(spec.output, 'output'))

/** The arguments that an action takes. `undefined` when it takes anything. */
export function argumentsOf(spec: ActionSpec): Map<string, { shape: Shape; required: boolean }> | undefined {
  const schema = schemaOf(spec.input, 'input')
  if (schema.type !== 'object' || !schema.properties || isOpen(schema)) return undefined
  const required = new Set(schema.required)
  return new Map(
    Object.entries(schema.properties).map(([name, property]) => [
      name,
      { shape: shapeOf(property), required: required.has(name) },
    ]),
  )
}

/** A record, or an object that takes more than it names. */
const isOpen = ({ properties, additionalProperties }: JsonSchema) =>
  Object.keys(properties ?? {}).length === 0 && typeof additionalProperties === 'object'

function shapeOf(schema: z.core.JSONSchema._JSONSchema): Shape {
  if (typeof schema === 'boolean') return 'dyn'
  const choices = (schema.anyOf ?? schema.oneOf)?.filter(
    (choice) => typeof choice === 'boolean' || choice.type !== 'null',
  )
  if (choices) {
    const shapes = choices.map(shapeOf)
    const [first] = shapes
    return first !== undefined && shapes.every((shape) => JSON.stringify(shape) === JSON.stringify(first))
      ? first
      : 'dyn'
  }
  switch (schema.type ?? typeof schema.const) {
    case 'string':
      return 'string'
    case 'number':
    case 'integer':
      return 'double'
    case 'boolean':
      return 'bool'
    case 'array': {
      const items = Array.isArray(schema.items) || schema.items === undefined ? 'dyn' : shapeOf(schema.items)
      return typeof items === 'string' ? `list<${items}>` : 'list<dyn>'
    }
    case 'object':
      if (!schema.properties || Object.keys(schema.properties).length === 0) return 'map<string, dyn>'
      return Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, shapeOf(property)]))
    default:
      return 'dyn'
  }
}

/** Whether a CEL expression of this type can be given where that shape is wanted. */
export function fits(given: string, wanted: Shape): boolean {
  if (given === 'dyn' || wanted === 'dyn') return true
  const isObject = given.startsWith('map<') || given.startsWith('$')
  if (typeof wanted !== 'string' || wanted.startsWith('map<')) return isObject
  if (given === 'int' || given === 'double') return wanted === 'double'
  if (given.startsWith('list<') && wanted.startsWith('list<')) return fits(inside(given), inside(wanted))
  return given === wanted
}

const inside = (list: string) => list.slice('list<'.length, -1)

/** An output that says nothing, for trying flows without their capabilities. */
export const emptyOutput = (spec: ActionSpec): Json => emptyOf(outputShape(spec))

/** For messages: a shape as people say it. */
export const say = (shape: Shape): string =>
  typeof shape === 'string' ? shape.replace('double', 'number') : `{ ${Object.keys(shape).join(', ')} }`
