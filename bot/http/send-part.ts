/** A file as players ask for it: in parts, to jump in a recording (iOS plays nothing otherwise). */
import type { FastifyReply } from 'fastify'

/** Answers one range of the simple form; anything odd gets the whole, as HTTP allows. `reply` has its headers already. */
export function sendPart(reply: FastifyReply, range: string | undefined, content: Buffer): FastifyReply {
  reply.header('accept-ranges', 'bytes')
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (from === '' && to === '') return reply.send(content)
  const last = content.length - 1
  const start = from === '' ? Math.max(0, content.length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? last : Math.min(last, Number(to))
  if (start > end) return reply.code(416).header('content-range', `bytes */${content.length}`).send(Buffer.alloc(0))
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${content.length}`)
    .send(content.subarray(start, end + 1))
}
