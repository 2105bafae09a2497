import type { Json, Values } from './types.js'

/** Whether a value has fields: not a list, and not null, which JavaScript calls objects as well. */
export const isValues = (value: Json | undefined): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
