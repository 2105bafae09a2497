/** Reads what a form or the page's script uploads, whole but never more than a person may send. */
import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal } from './answer.js'
import { FILES_AT_ONCE_MAX, WEB_LIMITS } from './options.js'
import { MessageId } from './say-what.js'

export type Upload = { id: string; text: string; files: { mime: string; name: string; content: Buffer }[] }

/** What is too large is still read to its end, up to this much, so that the browser hears our answer instead of a broken line. */
const DRAINED_BYTES_MAX = 64 * 1024 * 1024

const NAME_MAX = 120

const tooLarge = () => new Refusal(413, 'note.tooLarge', { mb: WEB_LIMITS.fileBytesIn / 1024 / 1024 })

/** @throws Refusal when there is no file, or too much of it */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new Refusal(415, 'note.notUnderstood')
  if (Number(request.headers['content-length'] ?? 0) > DRAINED_BYTES_MAX) throw tooLarge()
  const { upload, bytes } = await readParts(request).catch(refuseBroken)
  if (bytes > WEB_LIMITS.fileBytesIn) throw tooLarge()
  if (upload.files.length > FILES_AT_ONCE_MAX) throw new Refusal(413, 'note.tooMany', { max: FILES_AT_ONCE_MAX })
  if (upload.files.length === 0) throw new Refusal(400, 'note.noFile')
  if (!MessageId.safeParse(upload.id).success) throw new Refusal(400, 'note.notUnderstood')
  if (upload.text.length > WEB_LIMITS.caption) throw new Refusal(413, 'note.tooLong', { max: WEB_LIMITS.caption })
  return upload
}

/** What is torn or was never a form is told by a plain error, without a status: not a fault of ours, and it fails again. */
function refuseBroken(error: unknown): never {
  const isTold = error instanceof Refusal || typeof (error as { statusCode?: unknown }).statusCode === 'number'
  throw isTold ? error : new Refusal(400, 'note.notUnderstood')
}

async function readParts(request: FastifyRequest): Promise<{ upload: Upload; bytes: number }> {
  const upload: Upload = { id: '', text: '', files: [] }
  let bytes = 0
  const limits = { fileSize: DRAINED_BYTES_MAX, files: FILES_AT_ONCE_MAX + 1, fields: 5, fieldSize: 40_000 }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') readField(upload, part)
    else {
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of part.file as AsyncIterable<Buffer>) {
        bytes += chunk.length
        size += chunk.length
        if (bytes > DRAINED_BYTES_MAX) throw tooLarge()
        if (bytes <= WEB_LIMITS.fileBytesIn) chunks.push(chunk)
      }
      // A form that was sent without choosing a file has one empty part
      if (size > 0)
        upload.files.push({ mime: part.mimetype, name: plainName(part.filename), content: Buffer.concat(chunks) })
    }
  }
  return { upload, bytes }
}

function readField(upload: Upload, { fieldname, value }: Extract<Multipart, { type: 'field' }>): void {
  if (fieldname === 'id') upload.id = String(value)
  if (fieldname === 'text') upload.text = String(value)
}

/** The last part of a path, without what a file system or a terminal would stumble over. */
const plainName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(-NAME_MAX)
    .trim() || 'file'
