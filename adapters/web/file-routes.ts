/** Files of a conversation: up to 20 MB in, and out only to the visitor whose conversation it is (S34). */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { IncomingFile, OutFile, Ports } from '../adapter.js'
import { asksForJson, Refusal } from './answer.js'
import { lookAt } from './file-kind.js'
import type { Web } from './house.js'
import { formMessageId } from './say-what.js'
import { admit, nextAnswer, slowDown, take, thank } from './take.js'
import { readUpload, type Upload } from './upload.js'

/** Served as what they are: browsers draw or play these and run nothing in them. Everything else is a download without a type. */
const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/[\w.+-]+|video\/(mp4|webm|3gpp|quicktime))$/

const EXTENSIONS: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/rtf': 'rtf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'image/heic': 'heic',
  'text/plain': 'txt',
  'text/html': 'html',
}

export function addFileRoutes(app: FastifyInstance, web: Web, ports: Ports): void {
  app.post('/chat/files', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const address = admit(web, request)
    slowDown(web, address)
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
      .header('accept-ranges', 'bytes')
    return sendRange(request.headers.range, reply, Buffer.from(file.content))
  })
}

async function keep(ports: Ports, address: string, upload: Upload): Promise<IncomingFile[]> {
  const files: IncomingFile[] = []
  for (const { mime: declared, name, content } of upload.files) {
    const { kind, mime } = await lookAt(content, declared)
    const stored = await ports.keepFile('web', address, { mime: declared, name, content })
    files.push({ kind, mime, bytes: content.length, name, stored })
  }
  return files
}

/** No name that a person chose goes into a header. */
const fixedName = ({ kind, mime }: OutFile): string => `${kind}.${EXTENSIONS[mime] ?? 'bin'}`

/** Players ask for parts (iOS plays nothing otherwise). One range is answered; anything odd gets the whole, as HTTP allows. */
function sendRange(range: string | undefined, reply: FastifyReply, content: Buffer): FastifyReply {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (first === '' && last === '') return reply.send(content)
  const start = first === '' ? Math.max(0, content.length - Number(last)) : Number(first)
  const end = first === '' || last === '' ? content.length - 1 : Math.min(Number(last), content.length - 1)
  if (start > end) return reply.code(416).header('content-range', `bytes */${content.length}`).send(Buffer.alloc(0))
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${content.length}`)
    .send(content.subarray(start, end + 1))
}
