/**
 * The stand-in to try things by hand, and a Slack made of some addresses:
 *
 *   npx tsc && node dist/tests/stand-ins/slack/serve.js           (then start the product with the three lines it prints)
 *   curl -d 'hello' localhost:8091/slack/say                      write to the app; in the staff's channel: /slack/say?in=desk
 *   curl -d 'Русский' localhost:8091/slack/press                  press the newest button with this label
 *   curl -d '2026-03-15' localhost:8091/slack/pick                pick a day, or tick several: -d 'Работа,Жильё'
 *   curl -d 'words' localhost:8091/slack/submit                   send the form that is open
 *   curl -d 'words' 'localhost:8091/slack/command?name=/report'   a slash command
 *   curl localhost:8091/slack                                     what is on the screen; the page of the app: /slack/home
 *
 * Another person: `/slack/say?who=anna`. An answer in a thread: `/slack/say?in=desk&thread=1795392000.000100`.
 */
import fastify from 'fastify'
import type { SlackPerson } from './people.js'
import type { Seen } from './screen.js'
import { startSlackStandIn } from './stand-in.js'

const port = Number(process.env.PORT ?? 8090)
const slack = await startSlackStandIn({ port, pace: 1 })
const desk = slack.channel()
const people = new Map<string, SlackPerson>()
const personOf = (who = 'me') => {
  const person = people.get(who) ?? slack.person()
  people.set(who, person)
  return person
}

type Query = { who?: string; in?: string; thread?: string; name?: string }
const whereOf = ({ in: place, thread }: Query) => (place === 'desk' ? { channel: desk, ...(thread && { thread }) } : {})

const app = fastify({ forceCloseConnections: true })
app.removeAllContentTypeParsers()
app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

const draw = ({ text, rows, picker, key, thread }: Seen) =>
  [
    `${key.split(':')[1]}${thread ? ` (in ${thread})` : ''}: ${text}`,
    ...(picker ? [`  (${picker.placeholder}) ${picker.options?.join(', ') ?? ''}`] : []),
    ...rows.map((row) => `  ${row.map(({ label }) => `[${label}]`).join(' ')}`),
  ].join('\n')

app.get<{ Querystring: Query }>(
  '/slack',
  async ({ query }) => `${personOf(query.who).shown(whereOf(query)).map(draw).join('\n')}\n`,
)
app.get<{ Querystring: Query }>('/slack/home', async ({ query }) => {
  const person = personOf(query.who)
  person.openHome()
  await new Promise((resolve) => setTimeout(resolve, 500))
  return `${JSON.stringify(person.home(), undefined, 2)}\n`
})
app.post<{ Querystring: Query; Body: Buffer }>('/slack/say', async ({ query, body }) => {
  return `${personOf(query.who).text(body.toString(), whereOf(query)).ts}\n`
})
app.post<{ Querystring: Query; Body: Buffer }>('/slack/press', async ({ query, body }, reply) => {
  const person = personOf(query.who)
  const label = body.toString()
  const carrier = person
    .shown(whereOf(query))
    .findLast(({ rows }) => rows.flat().some((button) => button.label === label))
  if (!carrier) return reply.code(404).send('no such button\n')
  return `${JSON.stringify(await person.press(carrier.key, label))}\n`
})
app.post<{ Querystring: Query; Body: Buffer }>('/slack/pick', async ({ query, body }, reply) => {
  const person = personOf(query.who)
  const carrier = person.shown(whereOf(query)).findLast(({ picker }) => picker)
  if (!carrier) return reply.code(404).send('nothing to pick with\n')
  const what = carrier.picker?.options ? body.toString().split(',') : body.toString()
  return `${JSON.stringify(await person.pick(carrier.key, what))}\n`
})
app.post<{ Querystring: Query; Body: Buffer }>('/slack/submit', async ({ query, body }) => {
  return `${JSON.stringify(await personOf(query.who).submit(body.toString()))}\n`
})
app.post<{ Querystring: Query; Body: Buffer }>('/slack/command', async ({ query, body }) => {
  return `${JSON.stringify(await personOf(query.who).command(query.name ?? '/ask', body.toString()))}\n`
})

await app.listen({ port: port + 1, host: '127.0.0.1' })
process.stdout.write(
  `export SLACK_API_URL=${slack.apiUrl}\nexport SLACK_BOT_TOKEN=${slack.token}\nexport SLACK_APP_TOKEN=${slack.appToken}\nslack: http://127.0.0.1:${port + 1}/slack (staff's channel: ${desk.id})\n`,
)
process.once('SIGINT', () => void Promise.all([app.close(), slack.close()]))
