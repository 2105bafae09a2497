/** Reminders: their clock starts when the question was really sent, they fire once, and an answered question reminds nobody. */
import { expect, it, vi } from 'vitest'
import { createDeliver } from '../../bot/conversation/deliver.js'
import { createTimers } from '../../bot/conversation/timers.js'
import { compile } from '../../bot/engine/compile.js'
import type { Library } from '../../bot/engine/library.js'
import type { person, TestHouse } from '../house.js'
import { inHouses, instead, neighbour, rowsOf, stranger } from './stories.js'

const HOUR = 3_600_000

const FLOWS = {
  checkin: `flow: checkin
for: client
start: { default: true, command: start }
steps:
  feeling: { text: { max: 100 }, after: { 1h: { say: true }, 3h: { go: later } } }
  thanks: { say: {} }
  over: { end: done }
  later: { say: {} }`,
  menu: `flow: menu
for: client
start: { command: menu }
interrupt: true
steps:
  menu: { say: {} }`,
  broken: `flow: broken
for: client
start: { command: broken }
steps:
  q: { text: { max: 100 }, after: { 1h: { go: act } } }
  over: { end: done }
  act: { do: people.stop }`,
}

/** The house speaks these flows instead of its own. */
function withFlows(house: TestHouse): void {
  const mind = house.mind as { library: Library }
  mind.library = compile(
    Object.entries(FLOWS).map(([name, text]) => ({ file: `flows/${name}.yaml`, text })),
    { actions: [...house.mind.actions.values()] },
  )
}

inHouses('a reminder', (house, kind) => {
  const timers = (of = house()) => createTimers({ ...of, defaultFlow: 'checkin' })
  const texts = (somebody: ReturnType<typeof person>) => somebody.hears().map(({ text }) => text)
  const due = async (address: string) => (await rowsOf(house(), address)).conversation.timers

  async function asked(command = 'start') {
    withFlows(house())
    const somebody = stranger(house())
    await somebody.does({ kind: 'command', name: command, argument: '' })
    somebody.hears()
    return somebody
  }

  it('comes when its time has come, once', async () => {
    const somebody = await asked()
    house().fake.forward(HOUR - 1000)
    await timers().drain()
    await somebody.settle()
    expect(texts(somebody)).toEqual([])
    house().fake.forward(1000)
    await timers().drain()
    await timers().drain()
    await somebody.settle()
    const reminders = texts(somebody).filter((text) => text.includes('after.1h'))
    expect(reminders).toHaveLength(1)
  })

  it('counts from when the question was really sent, not from when it was written', async () => {
    withFlows(house())
    const somebody = stranger(house())
    await somebody.receive({ kind: 'command', name: 'start', argument: '' })
    // The channel was away for two hours.
    house().fake.forward(2 * HOUR)
    await timers().drain()
    expect(await due(somebody.address)).toEqual([])
    await createDeliver({ ...house(), loadFile: async () => undefined }).drain()
    const { messages } = await rowsOf(house(), somebody.address)
    const sent = messages.at(-1)?.sentAt?.getTime() ?? 0
    const moments = (await due(somebody.address)).map(({ dueAt }) => dueAt.getTime() - sent)
    expect(moments.sort((a, b) => a - b)).toEqual([HOUR, 3 * HOUR])
  })

  it('is void after the answer, also when it comes late', async () => {
    const somebody = await asked()
    const [timer] = await due(somebody.address)
    await somebody.writes('хорошо')
    somebody.hears()
    // As if it had been claimed before the answer: the row is put back.
    if (timer)
      await house().store.db.timer.upsert({
        where: { conversationId_key: { conversationId: timer.conversationId, key: timer.key } },
        create: timer,
        update: timer,
      })
    house().fake.forward(5 * HOUR)
    await timers().drain()
    await somebody.settle()
    expect(texts(somebody)).toEqual([])
    expect(await due(somebody.address)).toEqual([])
  })

  it('survives a restart', async () => {
    const somebody = await asked()
    house().fake.forward(10 * HOUR)
    await createTimers({ ...house() }).drain()
    await somebody.settle()
    expect(texts(somebody).length).toBeGreaterThan(0)
  })

  it('does not interrupt a human', async () => {
    const somebody = await asked()
    const { conversation } = await rowsOf(house(), somebody.address)
    await house().store.db.conversation.update({ where: { id: conversation.id }, data: { owner: 'human' } })
    house().fake.forward(2 * HOUR)
    await timers().drain()
    await somebody.settle()
    expect(texts(somebody)).toEqual([])
  })

  it('that meets a fault of ours is put off, and keeps nobody else waiting', async () => {
    const unlucky = await asked('broken')
    const mend = instead(house(), 'people.stop', async () => {
      throw new TypeError('canary')
    })
    house().fake.forward(60_000)
    const lucky = await asked()
    house().fake.forward(HOUR)
    await timers().drain()
    mend()
    await lucky.settle()
    expect(texts(lucky).length).toBeGreaterThan(0)
    const [put] = await due(unlucky.address)
    expect(put?.dueAt.getTime()).toBeGreaterThan(house().fake.now().getTime())
    expect(house().logged()).toContain('TypeError')
    expect(house().logged()).not.toContain('canary')
  })

  it('fires once where two processes look at the same moment', async () => {
    if (kind === 'embedded') return
    const other = await neighbour(house())
    try {
      withFlows(other)
      const people = [await asked(), await asked(), await asked(), await asked()]
      house().fake.forward(HOUR)
      other.fake.set(house().fake.now())
      await Promise.all([timers().drain(), timers(other).drain(), timers().drain(), timers(other).drain()])
      for (const somebody of people) {
        const { messages } = await rowsOf(house(), somebody.address)
        const [question, ...reminder] = messages.filter(({ direction }) => direction === 'out')
        expect(question?.state).toBe('sent')
        expect(reminder).toHaveLength(2) // the reminder, and the question again
      }
    } finally {
      await other.end()
    }
  })

  it('leaves the machine in peace until it is due', async () => {
    await house().store.sql('delete from timer')
    const somebody = await asked()
    const statements = vi.spyOn(house().store, 'sql')
    const worker = timers()
    worker.start()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await worker.stop()
    expect(statements.mock.calls.length).toBeLessThan(8)
    statements.mockRestore()
    somebody.hears()
  })
})
