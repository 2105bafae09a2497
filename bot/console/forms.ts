/** What a form sent: fields, and at most one file. Read as a whole before anything is done. */
import type { FastifyRequest } from 'fastify'
import { WORDS_MAX, withoutControls } from '../desk/words.js'
import { UserError } from '../errors.js'
import { FILE_MAX_BYTES, FILE_MAX_MEGABYTES } from '../limits.js'

export type Form = {
  field(name: string): string
  file?: { name: string; mime: string; content: Buffer }
}

/** Every letter may take four bytes, and a little over, so that too long a text is told as such. */
const FIELD_MAX_BYTES = 8 * WORDS_MAX

/** The largest body of a form with a file. */
export const UPLOAD_MAX_BYTES = FILE_MAX_BYTES + 1024 * 1024

const ofFields = (fields: Record<string, unknown>): Form => ({
  field(name) {
    const value = Object.hasOwn(fields, name) ? fields[name] : ''
    return typeof value === 'string' ? withoutControls(value) : ''
  },
})

/** `fastify-multipart`'s word for a file over the limit. */
const TOO_LARGE = 'FST_REQ_FILE_TOO_LARGE'

/**
 * @param mayUpload is asked with the fields that came before the file, so that a stranger's file is not even read
 * @throws UserError fileTooBig, and whatever `mayUpload` throws
 */
export async function readForm(request: FastifyRequest, mayUpload: (form: Form) => void): Promise<Form> {
  if (!request.isMultipart()) return ofFields((request.body ?? {}) as Record<string, unknown>)
  const fields: Record<string, unknown> = {}
  let file: Form['file']
  const limits = { fileSize: FILE_MAX_BYTES, files: 1, fields: 8, fieldSize: FIELD_MAX_BYTES, parts: 10 }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value
      continue
    }
    mayUpload(ofFields(fields))
    const content = await part.toBuffer().catch((error: { code?: string }) => {
      if (error.code !== TOO_LARGE) throw error
      throw new UserError('fileTooBig', { megabytes: FILE_MAX_MEGABYTES })
    })
    // A form with no file chosen sends an empty one.
    if (content.length > 0) file = { name: part.filename || part.fieldname, mime: part.mimetype, content }
  }
  // For the page that has to give the words back when they are refused.
  request.body = fields
  return file ? { ...ofFields(fields), file } : ofFields(fields)
}
