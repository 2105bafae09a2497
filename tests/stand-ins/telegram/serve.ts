/**
 * The stand-in to try things by hand, and a phone made of four addresses:
 *
 *   npx tsc && node dist/tests/stand-ins/telegram/serve.js        (then start the product with the two lines it prints)
 *   curl -d '/start' localhost:8081/phone/say                     write
 *   curl -d 'Русский' localhost:8081/phone/press                  press the newest button with this label
 *   curl localhost:8081/phone                                     what is on the screen
 *   curl --data-binary @photo.jpg 'localhost:8081/phone/file?kind=photo&name=photo.jpg&caption=words'
 *
 * Another person: `/phone/say?who=anna`.
 */
import fastify from 'fastify'
import type { SentFile } from './acts.js'
import type { PhonePerson } from './people.js'
import { startTelegramStandIn } from './stand-in.js'

const port = Number(process.env.PORT ?? 8080)
const standIn = await startTelegramStandIn({ port, pace: 1 })
const phones = new Map<string, PhonePerson>()
const phoneOf = (who = 'me') => {
  const phone = phones.get(who) ?? standIn.person()
  phones.set(who, phone)
  return phone
}

type Query = { who?: string; kind?: SentFile['kind']; name?: string; caption?: string; mime?: string }
const app = fastify({ bodyLimit: 60_000_000, forceCloseConnections: true })
app.removeAllContentTypeParsers()
app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

const screen = (phone: PhonePerson) =>
  [...phone.chat.messages.values()]
    .map((message) => {
      const { inline_keyboard: inline, keyboard } = message.reply_markup ?? {}
      const buttons = (inline ?? keyboard ?? []).map((row) => row.map((key) => `[${key.text}]`).join(' ')).join('\n  ')
      const file = message.file ? ` <${message.file.kind} ${message.file.name}>` : ''
      const who = message.from.is_bot ? 'bot' : 'me'
      return `${who}:${file} ${message.text ?? message.caption ?? ''}${buttons && `\n  ${buttons}`}`
    })
    .join('\n')

app.get<{ Querystring: Query }>('/phone', async ({ query }) => `${screen(phoneOf(query.who))}\n`)

app.post<{ Querystring: Query; Body: Buffer }>('/phone/say', async ({ query, body }) => {
  phoneOf(query.who).text(body.toString())
  return 'sent\n'
})

app.post<{ Querystring: Query; Body: Buffer }>('/phone/press', async ({ query, body }, reply) => {
  const phone = phoneOf(query.who)
  const label = body.toString()
  const carrier = phone
    .shown()
    .findLast((message) => message.reply_markup?.inline_keyboard?.flat().some((button) => button.text === label))
  if (!carrier) return reply.code(404).send('no such button\n')
  phone.press(carrier.message_id, label)
  return 'pressed\n'
})

app.post<{ Querystring: Query; Body: Buffer }>('/phone/file', async ({ query, body }) => {
  const { who, kind = 'document', name, caption, mime } = query
  phoneOf(who).file({ kind, content: body, ...(name && { name }), ...(mime && { mime }) }, caption)
  return 'sent\n'
})

await app.listen({ port: port + 1, host: '127.0.0.1' })
process.stdout.write(
  `export TELEGRAM_API_ROOT=${standIn.url}\nexport TELEGRAM_BOT_TOKEN=${standIn.token}\nphone: http://127.0.0.1:${port + 1}/phone\n`,
)
process.once('SIGINT', () => void Promise.all([app.close(), standIn.close()]))
