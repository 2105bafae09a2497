/** The whole house with Telegram's and Slack's stand-ins over loopback, and a clock that only the play moves. */
import { systemClock } from '../../adapters/adapter.js'
import { createSlackChannel } from '../../adapters/slack/channel.js'
import { createTelegramChannel } from '../../adapters/telegram/channel.js'
import { readConfig } from '../../bot/config.js'
import { inviteAgain } from '../../bot/console/invitations.js'
import { openHouse } from '../../bot/house.js'
import { type DeskBrowser, openDesk } from '../desk-browser.js'
import { startSlackStandIn } from '../stand-ins/slack/stand-in.js'
import { startTelegramStandIn } from '../stand-ins/telegram/stand-in.js'

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Ground = { dataDir: string; databaseUrl?: string | undefined; key?: string | undefined }

const TAKEN_WITHIN_MS = 30_000
/** What the stand-ins remember of calls is not what is played. */
const KEEP = 50
/** Who reads, thinks and types. */
const BETWEEN_MS = 1500
/** A page is signed in for some hours. */
const SIGNED_IN_MS = 3 * 3_600_000

type Act = { act: () => unknown; done(): void; fail(error: unknown): void }

/** The platforms' own pace is another measurement. */
const freely = <T extends object>(channel: T): T =>
  Object.assign(channel, { budget: { perSecond: 1e6, perChatPerSecond: 1e6, perGroupPerMinute: 1e9 } })

export async function openStage({ dataDir, databaseUrl, key }: Ground, start: Date) {
  let at = start.getTime()
  const now = () => new Date(at)
  const clock = { now, wait: systemClock.wait }
  const warnings: string[] = []
  const log = {
    info: () => undefined,
    warn: (fields: Record<string, unknown>, sentence: string) =>
      void warnings.push(`${sentence} ${String(fields.code ?? '')}`.trim()),
  }
  const telegram = await startTelegramStandIn({ now, keep: KEEP })
  const slack = await startSlackStandIn({ now, keep: KEEP })
  const house = await openHouse({
    config: readConfig({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl, RAHNAMO_KEY: key, PORT: '0' }),
    log,
    clock: now,
    channels: () => [
      freely(createTelegramChannel({ token: telegram.token, apiRoot: telegram.url, log, clock })),
      freely(createSlackChannel({ botToken: slack.token, appToken: slack.appToken, apiUrl: slack.apiUrl, log, clock })),
    ],
  })
  const { ports, workers } = house.conversation
  const [deliver] = workers
  /** What a messenger tells twice, because an answer took long, is one. */
  const taken = new Set<string>()
  let tellTaken: () => void = () => undefined
  const { receive } = ports
  ports.receive = async (incoming) => {
    const received = await receive(incoming)
    taken.add(`${incoming.channel} ${incoming.updateKey}`)
    tellTaken()
    return received
  }
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(house.app.server.address() as { port: number }).port}`
  for (const channel of house.channels) await channel.start(ports)
  for (let tries = 0; house.channels.some((channel) => channel.health().state !== 'up'); tries++) {
    if (tries > 1000) throw new Error('A channel never came up')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }

  const isTaken = (upTo: number) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('What was written never came to the house')), TAKEN_WITHIN_MS)
      tellTaken = () => {
        if (taken.size < upTo) return
        clearTimeout(late)
        resolve()
      }
      tellTaken()
    })

  /** Acts that happen at the same moment; what all of them lead to is sent before anybody goes on. */
  const perform = async (acts: readonly Act[]): Promise<void> => {
    at += BETWEEN_MS
    const before = taken.size
    const begun = acts.map(async ({ act, fail }) => {
      try {
        await act()
        return true
      } catch (error) {
        fail(error)
        return false
      }
    })
    const failed = (await Promise.all(begun)).filter((did) => !did).length
    await isTaken(before + acts.length - failed)
    await deliver?.drain()
    for (const { done } of acts) done()
  }

  /** Of several scripts that run together each waits here until all the others wait too, or are over. */
  let together: { running: number; waiting: Act[] } | undefined
  const goOn = () => {
    if (!together || together.waiting.length === 0 || together.waiting.length < together.running) return
    const acts = together.waiting
    together.waiting = []
    perform(acts).catch((error: unknown) => {
      for (const { fail } of acts) fail(error)
    })
  }

  const browsers = new Map<string, { desk: DeskBrowser; at: number }>()

  return {
    house,
    telegram,
    slack,
    url,
    now,
    warnings,
    /** Time never goes back: who is later than planned is later. */
    reach(time: Date) {
      at = Math.max(at + BETWEEN_MS, time.getTime())
    },
    pass(ms: number) {
      at += ms
    },
    /** Something is written or pressed: resolves when it was taken, and what it leads to was sent. */
    acts: (act: () => unknown): Promise<void> =>
      new Promise((done, fail) => {
        if (!together) return void perform([{ act, done, fail }]).catch(fail)
        together.waiting.push({ act, done, fail })
        goOn()
      }),
    /** Several people at once, each at their own pace: what all of them do in one moment comes to the house together. */
    async together(scripts: readonly (() => Promise<unknown>)[]): Promise<void> {
      together = { running: scripts.length, waiting: [] }
      try {
        await Promise.all(
          scripts.map(async (script) => {
            await script()
            if (together) together.running--
            goOn()
          }),
        )
      } finally {
        together = undefined
      }
    },
    /** What is due by now is done, and what it leads to sent. */
    async works(): Promise<void> {
      for (const worker of workers) await worker.drain()
      await deliver?.drain()
    },
    send: async () => deliver?.drain(),
    /** A colleague at the console, signed in anew when the last time is long ago. */
    async console(alias: string): Promise<DeskBrowser> {
      const known = browsers.get(alias)
      if (known && at - known.at < SIGNED_IN_MS) return known.desk
      const token = await inviteAgain(house.store, { alias, now: now() })
      if (!token) throw new Error(`Nobody is called ${alias}`)
      const desk = await openDesk(url, token)
      browsers.set(alias, { desk, at })
      return desk
    },
    async close() {
      await house.close()
      await telegram.close()
      await slack.close()
    },
  }
}
