import { z } from 'zod'
import type { FileRef } from '../types.js'
import { defineQuestion, invalid, valid } from './question.js'

const KINDS = ['photo', 'voice', 'video', 'document'] as const

/** Photos, documents and the like; the answer is a list of `FileRef`. */
export const file = defineQuestion({
  kind: 'file',
  options: z.strictObject({
    max: z.int().min(1).max(10).default(10),
    kinds: z.array(z.enum(KINDS)).min(1).default(['photo', 'document']),
  }),
  texts: ['file.unreadable', 'file.many', 'file.kind'],
  shape: () => 'list<map<string, dyn>>',
  read(given, { max, kinds }) {
    if (given.kind !== 'files' || given.files.length === 0) return invalid('file.unreadable')
    if (given.files.length > max) return invalid('file.many', { max })
    if (given.files.some(({ kind }) => !kinds.includes(kind))) return invalid('file.kind')
    return valid(given.files.map((each) => ({ ...each })))
  },
  show(value, { words }) {
    const files = Array.isArray(value) ? (value as FileRef[]) : []
    return words('questions:file.shown', { count: files.length }) ?? `📎 ${files.length}`
  },
})
