/** Files as Slack announces them; their content is fetched later by `ref`. https://docs.slack.dev/reference/objects/file-object */
import { z } from 'zod'
import type { IncomingFile } from '../../adapter.js'
import { kindOf } from '../../file-kind.js'
import { cleanText } from './reading.js'

const FileShape = z.object({
  id: z.string().regex(/^F[A-Z0-9]{2,20}$/),
  mimetype: z.string().min(1).max(200).optional().catch(undefined),
  name: z.string().min(1).max(1000).optional().catch(undefined),
  size: z.number().int().nonnegative().catch(0).default(0),
  mode: z.string().optional().catch(undefined),
})

/** A deleted file, one beyond the workspace's plan, a link to somebody else's cloud: nothing that can be fetched. */
const NOT_HERE = ['tombstone', 'hidden_by_limit', 'external']

/** Slack's largest message holds ten; more is not read. */
const FILES_MAX = 50

/** The files that can be fetched, and whether there were others. */
export function readFiles(value: unknown): { files: IncomingFile[]; others: boolean } {
  const given = Array.isArray(value) ? value.slice(0, FILES_MAX) : []
  const files = given.flatMap((one) => {
    const { data: file } = FileShape.safeParse(one)
    if (!file || NOT_HERE.includes(file.mode ?? '')) return []
    const { id, size, name, mimetype: mime = 'application/octet-stream' } = file
    return [{ kind: kindOf(mime), mime, bytes: size, ref: id, ...(name && { name: cleanText(name) }) }]
  })
  return { files, others: files.length < given.length }
}
