/** Slack: the real adapter, called at its own address or over its line, with the stand-in on the other side. */
import { createSlackChannel } from '../../../adapters/slack/channel.js'
import type { Envelope } from '../../stand-ins/slack/delivery.js'
import { sign } from '../../stand-ins/slack/events-caller.js'
import { elementsOf } from '../../stand-ins/slack/screen.js'
import { startSlackStandIn } from '../../stand-ins/slack/stand-in.js'
import { BOT_ID, BOT_USER } from '../../stand-ins/slack/world.js'
import { classes, type Shot } from '../classes.js'
import type { FuzzClock, Ground } from '../ground.js'
import { until } from '../until.js'
import { payloads } from './payloads.js'
import type { Scene, Shown } from './scene.js'

const PEOPLE = 80
const LOG_KEPT = 200
const MESSAGES_KEPT = 60
/** Taken; what cannot be read is refused once and for all. */
const ALLOWED = [200, 400, 413]
/** Slack itself asks again three times when nobody answers in time. */
const TRIES = 4
const AGAIN_MS = 40_000

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export async function slackGround(clock: FuzzClock, isCalled: boolean): Promise<Ground> {
  const standIn = await startSlackStandIn({ now: clock.now, keep: LOG_KEPT })
  const { world, delivery } = standIn
  const desk = standIn.channel()
  const people = Array.from({ length: PEOPLE }, () => standIn.person())
  const [consultant, stranger] = [standIn.person(), standIn.person()]
  const directs = new Map(people.map(({ id }) => [id, world.directOf(id).id]))
  let eventsUrl = ''
  let last = 0
  let open = 0

  const scene: Scene = {
    people: () => people.map(({ id }) => id),
    members: () => [consultant.id, consultant.id, stranger.id],
    channel: () => desk.id,
    directOf: (user) => directs.get(user) ?? world.directOf(user).id,
    threads: () =>
      [...desk.messages.values()]
        .filter(({ bot_id: bot, thread_ts: thread }) => bot === BOT_ID && (!thread || thread))
        .map(({ thread_ts: thread, ts }) => thread ?? ts),
    elements: (id) =>
      [...(world.conversations.get(id)?.messages.values() ?? [])]
        .reverse()
        .flatMap(({ ts, thread_ts: thread, blocks = [] }) =>
          blocks
            .flatMap(elementsOf)
            .flatMap((element): Shown[] => (element ? [{ channel: id, ts, thread, element }] : [])),
        ),
    messages: (id) => [...(world.conversations.get(id)?.messages.keys() ?? [])],
    files: () => [...world.files.keys()].slice(-20),
    nextTs: world.nextTs,
    next: () => ++last,
  }
  const others = () => [...scene.people(), desk.id, ...directs.values(), ...scene.threads()]

  /** As Slack calls an address of ours. */
  const post = async (envelope: Envelope): Promise<string | undefined> => {
    const { payload, type } = envelope
    const form = type === 'events_api' ? undefined : new URLSearchParams()
    if (type === 'interactive') form?.set('payload', JSON.stringify(payload))
    else if (isRecord(payload))
      for (const [key, value] of Object.entries(payload))
        form?.set(key, typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    const body = form?.toString() ?? JSON.stringify(payload) ?? ''
    for (let tries = 1; ; tries++) {
      const response = await fetch(eventsUrl, {
        method: 'POST',
        headers: {
          'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
          ...sign(standIn.signingSecret, body, Math.floor(clock.now().getTime() / 1000)),
        },
        body,
      })
      await response.arrayBuffer()
      if (ALLOWED.includes(response.status)) return undefined
      // Whoever is asked to come again does so later
      clock.forward(AGAIN_MS)
      if (response.status !== 503 || tries === TRIES) return `the address for events answered ${response.status}`
    }
  }
  /** What is no envelope at all nobody can acknowledge. */
  const isTaken = ({ type, payload }: Envelope) =>
    type !== 'events_api' || (isRecord(payload) && isRecord(payload.event) && typeof payload.event.type === 'string')
  const tell = async (envelope: Envelope): Promise<string | undefined> => {
    if (!isTaken(envelope))
      return void standIn.lines.sendRaw(JSON.stringify({ envelope_id: `raw-${++last}`, ...envelope }))
    let { acknowledged } = await delivery.tell(envelope)
    // A busy machine may need more than the three seconds that Slack gives
    for (let tries = 1; !acknowledged && tries < TRIES; tries++) {
      clock.forward(AGAIN_MS)
      acknowledged = (await delivery.again(envelope)).acknowledged
    }
    return acknowledged ? undefined : 'something that was told on the line was never acknowledged'
  }
  const during = async (work: Promise<unknown>) => {
    open++
    await work.finally(() => open--)
  }
  const tellAll = delivery.tell
  delivery.tell = (envelope) => {
    const telling = tellAll(envelope)
    void during(telling)
    return telling
  }

  return {
    name: 'slack',
    channel: (_site, { log }) =>
      createSlackChannel({
        botToken: standIn.token,
        apiUrl: standIn.apiUrl,
        log,
        clock,
        ...(isCalled ? { signingSecret: standIn.signingSecret } : { appToken: standIn.appToken }),
      }),
    async begin(house, url) {
      eventsUrl = `${url}/slack/events`
      if (isCalled) standIn.callEventsAt(eventsUrl)
      await until('Slack to be connected', () => house.channel('slack')?.health().state === 'up')
    },
    connectGroup: (code) => void stranger.write({ text: `<@${BOT_USER}> connect ${code}` }, { channel: desk }),
    connectAccount: (code) => void consultant.text(`connect ${code}`),
    shots: classes(payloads(scene), others),
    async fire({ what }: Shot<unknown>) {
      const { type, payload } = Object(what)
      const kind: Envelope['type'] = ['events_api', 'interactive', 'slash_commands'].includes(type)
        ? type
        : 'events_api'
      const envelope = { type: kind, payload, conversation: `fuzz ${++last}` }
      return isCalled ? post(envelope) : tell(envelope)
    },
    taken: () => until('all that was told to be acknowledged', () => open === 0, clock),
    async witness() {
      const someone = standIn.person()
      return {
        address: someone.id,
        write: async (text) => void (text === '/start' ? someone.command('/ask') : someone.text(text)),
        async press(label) {
          const carrier = someone.shown().findLast(({ rows }) => rows.flat().some((button) => button.label === label))
          if (!carrier) throw new Error(`There is no button "${label}"`)
          await someone.press(carrier.key, label)
        },
        heard: async () =>
          someone
            .shown()
            .map(({ text, rows }) => [text, ...rows.flat().map((button) => button.label)].join('\n'))
            .join('\n'),
      }
    },
    mustReach: (address) => [...people, consultant].some(({ id }) => id === address),
    prune() {
      for (const { messages } of world.conversations.values())
        for (const ts of [...messages.keys()].slice(0, -MESSAGES_KEPT)) messages.delete(ts)
      for (const id of [...world.files.keys()].slice(0, -LOG_KEPT)) world.files.delete(id)
      world.triggers.clear()
    },
    close: standIn.close,
  }
}
