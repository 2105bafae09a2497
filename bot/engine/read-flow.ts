/** A flow file's text → what it says, with its version. */
import { createHash } from 'node:crypto'
import { parse as parseYaml } from 'yaml'
import type { z } from 'zod'
import { FlowError } from '../errors.js'
import { type FlowFile, FlowSchema } from './schema.js'

/** `file` is for messages only. `text` is what is stored to keep a version. */
export type FlowSource = { file: string; text: string; version: string; flow: FlowFile }

/**
 * Reads one flow file. Its version changes with what it says, not with comments or spacing.
 * @throws FlowError naming the file, the step and the remedy
 */
export function readFlow(file: string, text: string): FlowSource {
  let raw: unknown
  try {
    raw = parseYaml(text)
  } catch (error) {
    throw new FlowError('FLOW_YAML', file, `This is not YAML: ${(error as Error).message}`)
  }
  const read = FlowSchema.safeParse(raw)
  if (!read.success) {
    const { where, sentence } = firstIssue(read.error.issues)
    throw new FlowError('FLOW_SHAPE', where ? `${file}: ${where}` : file, sentence)
  }
  const version = createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 12)
  return { file, text, version, flow: read.data }
}

/** One issue at a time: the first is what the writer will mend, the rest may follow from it. */
function firstIssue(issues: z.core.$ZodIssue[]): { where: string; sentence: string } {
  const [issue] = issues
  if (!issue) return { where: '', sentence: 'This is not a flow.' }
  const where = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return { where, sentence: `"${issue.keys.join('", "')}" is not known here. Look for a typing mistake.` }
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0]
    const inner = deepest?.[0] ? firstIssue(deepest) : { where: '', sentence: issue.message }
    return { where: [where, inner.where].filter(Boolean).join('.'), sentence: inner.sentence }
  }
  if (issue.code === 'invalid_key') return { where, sentence: issue.issues[0]?.message ?? issue.message }
  return { where, sentence: issue.message.endsWith('.') ? issue.message : `${issue.message}.` }
}

const depth = (issues: z.core.$ZodIssue[]) => Math.max(0, ...issues.map(({ path }) => path.length))
