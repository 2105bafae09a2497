/** Files of a conversation: as large as the house takes in, and out only to the visitor whose conversation it is (S34). */
import type { FastifyInstance } from 'fastify'
import { UserError } from '../../bot/errors.js'
import { endingOf } from '../../bot/http/file-types.js'
import { sendPart } from '../../bot/http/send-part.js'
import type { IncomingFile, OutFile, Ports } from '../adapter.js'
import { asksForJson, Refusal } from './answer.js'
import { lookAt } from './file-kind.js'
import type { Web } from './house.js'
import { formMessageId } from './say-what.js'
import { admit, nextAnswer, slowDown, take, thank } from './take.js'
import { readUpload, type Upload } from './upload.js'

/** Served as what they are: browsers draw or play these and run nothing in them. Everything else is a download without a type. */
const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/[\w.+-]+|video\/(mp4|webm|3gpp|quicktime))$/

export function addFileRoutes(app: FastifyInstance, web: Web, ports: Ports): void {
  app.post('/chat/files', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const address = admit(web, request)
    slowDown(web, request, address)
    const upload = await readUpload(request)
    const answered = asksForJson(request) ? Promise.resolve() : nextAnswer(web, address)
    const files = await keep(ports, address, upload)
    const event = { kind: 'files', files, ...(upload.text && { text: upload.text }) } as const
    // What is kept has a new name on each try, so it cannot tell one upload from another; what was sent can
    const sent = { ...event, files: files.map(({ stored: _, ...file }) => file) }
    const id = asksForJson(request) ? upload.id : formMessageId(upload.id, sent)
    await take(web, ports, request, { address, id, event })
    return thank(request, reply, answered)
  })

  app.get('/chat/files/:id', async (request, reply) => {
    const address = web.visitors.of(request)
    const { id } = request.params as { id: string }
    const file = address && (await ports.readFile('web', address, id))
    if (!file) throw new Refusal(404, 'note.notFound')
    const shown = SHOWN.test(file.mime)
    reply
      .type(shown ? file.mime : 'application/octet-stream')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', shown ? 'inline' : `attachment; filename="${fixedName(file)}"`)
    return sendPart(reply, request.headers.range, Buffer.from(file.content))
  })
}

async function keep(ports: Ports, address: string, upload: Upload): Promise<IncomingFile[]> {
  const files: IncomingFile[] = []
  for (const { mime: declared, name, content } of upload.files) {
    const { kind, mime } = await lookAt(content, declared)
    const file = { kind, mime, bytes: content.length, name }
    try {
      const stored = await ports.keepFile('web', address, { mime: declared, name, content, caption: upload.text })
      files.push({ ...file, stored })
    } catch (error) {
      if (!isNoRoom(error)) throw error
      // The house says so in the chat, and the words beside it arrive all the same
      files.push({ ...file, refused: true })
    }
  }
  return files
}

const isNoRoom = (error: unknown): boolean =>
  error instanceof UserError && (error.code === 'filesEnough' || error.code === 'filesFull')

/** No name that a person chose goes into a header. */
const fixedName = ({ kind, mime }: OutFile): string => `${kind}.${endingOf(mime)}`
