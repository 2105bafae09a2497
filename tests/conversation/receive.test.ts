/** One message, one transaction: taken once, in order, whatever happens between (S26, S33). */
import pg from 'pg'
import { describe, expect, it, vi } from 'vitest'
import { Refusal } from '../../bot/conversation/action.js'
import { person } from '../house.js'
import { atAsk, atNotice, inHouses, inQueue, instead, neighbour, rowsOf, stranger } from './stories.js'

const RUBBISH = 'ффф ыыы'

inHouses('an update', (house) => {
  const text = (words: string) => ({ kind: 'text' as const, text: words })
  const say = (key: string) => house().mind.words.say('ru', key)

  it('delivered twice is answered once', async () => {
    const anna = await atAsk(house())
    const twice = { updateKey: 'twice', messageKey: 'm-twice' }
    await anna.writes('где получить патент', twice)
    const answered = anna.hears().length
    expect(answered).toBeGreaterThan(0)
    await anna.writes('где получить патент', twice)
    expect(anna.hears()).toEqual([])
  })

  it('that carries the same message under a new number is answered once', async () => {
    const anna = await atAsk(house())
    await anna.writes('где получить патент', { messageKey: 'same' })
    anna.hears()
    await anna.writes('где получить патент', { messageKey: 'same', updateKey: 'another number' })
    expect(anna.hears()).toEqual([])
  })

  it('delivered twice at the same moment is answered once, also by an action', async () => {
    const anna = await atAsk(house())
    const same = { updateKey: 'same moment', messageKey: 'm-same-moment' }
    await Promise.all([1, 2, 3].map(() => anna.receive(text('где получить патент'), same)))
    await anna.settle()
    const { messages } = await rowsOf(house(), anna.address)
    const heard = messages.filter(
      ({ channelHash }) =>
        channelHash &&
        Buffer.from(channelHash).equals(house().store.vault.hash('message', 'telegram', anna.address, 'm-same-moment')),
    )
    expect(heard).toHaveLength(1)
  })

  it('of a stranger delivered twice at the same moment makes one person', async () => {
    const anna = stranger(house())
    const before = await house().store.db.person.count()
    await Promise.all([1, 2].map(() => anna.receive(text('помогите'), { updateKey: 'first', messageKey: 'm1' })))
    await anna.settle()
    expect(await house().store.db.person.count()).toBe(before + 1)
    expect(anna.hears()).toHaveLength(1)
  })

  it('that comes late and out of order is still heard', async () => {
    const anna = await atNotice(house())
    anna.hears()
    await anna.writes('второе', { updateKey: 'u9', messageKey: '9', at: new Date('2026-11-20T12:00:02Z') })
    await anna.writes('первое', { updateKey: 'u8', messageKey: '8', at: new Date('2026-11-20T12:00:01Z') })
    expect(anna.hears()).toHaveLength(2)
  })

  it('is answered before the next of the same person, when they come at once', async () => {
    const anna = await atNotice(house())
    anna.hears()
    const before = (await rowsOf(house(), anna.address)).messages.length
    await Promise.all(['ааа', 'ббб', 'ввв', 'ггг'].map((words) => anna.receive(text(words))))
    await anna.settle()
    const { messages, drawer } = await rowsOf(house(), anna.address)
    const said = messages
      .slice(before)
      .map(({ direction, body }) =>
        direction === 'in' && body ? drawer.openJson<{ text: string }>('message.body', body).text : 'answer',
      )
    // Three misunderstandings in a row are answered with one more word: a human is offered.
    const once = said.filter((each, at) => each !== said[at - 1])
    expect(once).toEqual(['ааа', 'answer', 'ббб', 'answer', 'ввв', 'answer', 'ггг', 'answer'])
    expect(anna.hears().length).toBeGreaterThanOrEqual(4)
  })

  it('each of 200 people who write at once is answered, each in their own chat', async () => {
    const people = [...Array(200)].map(() => stranger(house()))
    await Promise.all(people.map((somebody) => somebody.receive(text('здравствуйте'))))
    await people[0]?.settle()
    expect(people.map((somebody) => somebody.hears().length)).toEqual(people.map(() => 1))
  }, 60_000)

  it('of 5,000 characters is answered, and the next one too', async () => {
    const anna = await atAsk(house())
    await anna.writes('а'.repeat(5000))
    const answers = anna.hears()
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.some(({ text }) => text === say('common:failed'))).toBe(false)
    await anna.writes('где получить патент')
    expect(anna.hears().length).toBeGreaterThan(0)
  })

  it.each([
    ['nobody ever made', 'zzz:nonsense'],
    ['that leads into a flow that is gone', 'go:no-such-flow'],
    ['that is empty', ''],
    ['that tries to look like ours', 'a:gn2o1:'],
    ['that is longer than any of ours', `go:${'x'.repeat(500)}`],
  ])('from a button %s is answered', async (_, data) => {
    const anna = await atAsk(house())
    await anna.does({ kind: 'button', data })
    const answers = anna.hears()
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.some(({ text }) => text === say('common:failed'))).toBe(false)
  })

  it('from a button pressed twice acts once; a week later it changes nothing and is answered', async () => {
    const anna = await atNotice(house())
    const agree = anna
      .hears()
      .at(-1)
      ?.buttons?.flat()
      .find(({ label }) => label === say('hotline:notice.options.agree'))
    if (!agree || !('data' in agree)) throw new Error('no button')
    const press = { kind: 'button' as const, data: agree.data }
    await anna.does(press)
    await anna.does(press)
    const { person: row } = await rowsOf(house(), anna.address)
    const consents = () => house().store.db.consent.count({ where: { personId: row.id } })
    expect(await consents()).toBe(1)
    await anna.presses(say('hotline:country.options.RU'))
    anna.hears()
    house().fake.forward(7 * 24 * 3_600_000)
    await anna.does(press)
    expect(anna.hears().length).toBeGreaterThan(0)
    expect(await consents()).toBe(1)
  })

  it('of a kind that we cannot read is answered kindly', async () => {
    const anna = await atAsk(house())
    await anna.does({ kind: 'unsupported', what: 'poll' })
    expect(anna.hears().map((each) => each.text)).toEqual([say('common:unsupported')])
  })

  it('from a group opens no conversation', async () => {
    const anna = stranger(house())
    const before = await house().store.db.person.count()
    await anna.does(text('привет'), { group: true })
    expect(await house().store.db.person.count()).toBe(before)
    expect(anna.hears()).toEqual([])
  })

  it('that meets a fault of ours is apologised for, keeps its place, and the next one works', async () => {
    const anna = await atAsk(house())
    const mend = instead(house(), 'knowledge.answer', async () => {
      throw new TypeError('canary: a secret word')
    })
    const before = (await rowsOf(house(), anna.address)).conversation
    await anna.writes('где получить патент')
    mend()
    expect(anna.hears().map((each) => each.text)).toEqual([say('common:failed')])
    const after = (await rowsOf(house(), anna.address)).conversation
    expect([after.flow, after.owner]).toEqual([before.flow, before.owner])
    await anna.writes('где получить патент')
    expect(anna.hears().map((each) => each.text)).not.toContain(say('common:failed'))
    expect(house().logged()).toContain('TypeError')
    expect(house().logged()).not.toContain('canary')
  })

  it('that an action refuses goes the way the flow says', async () => {
    const anna = await atAsk(house())
    const mend = instead(house(), 'knowledge.answer', async () => {
      throw new Refusal('nothing')
    })
    await anna.writes('где получить патент')
    mend()
    expect(anna.hears().map((each) => each.text)).not.toContain(say('common:failed'))
  })

  it('whose action broke a unique rule of its own is not taken for a duplicate and forgotten', async () => {
    const anna = await atAsk(house())
    const mend = instead(house(), 'knowledge.answer', async (_, { tx }) => {
      await tx.counter.create({ data: { day: new Date('2026-01-01'), name: anna.address } })
      await tx.counter.create({ data: { day: new Date('2026-01-01'), name: anna.address } })
      return {}
    })
    await anna.writes('где получить патент')
    mend()
    expect(anna.hears().map((each) => each.text)).toEqual([say('common:failed')])
  })

  it('that loses a race inside its transaction runs again, unseen', async () => {
    const anna = await atAsk(house())
    let tries = 0
    const own = house().mind.actions.get('knowledge.answer')
    const mend = instead(house(), 'knowledge.answer', async (input, context) => {
      if (++tries < 3) await context.tx.$executeRawUnsafe(`do $$ begin raise exception sqlstate '40P01'; end $$`)
      return own?.run(input, context)
    })
    await anna.writes('где получить патент')
    mend()
    expect(tries).toBe(3)
    expect(anna.hears().map((each) => each.text)).not.toContain(say('common:failed'))
  })

  it.each([
    ['full', `do $$ begin raise exception sqlstate '53100'; end $$`],
    ['shutting down', `do $$ begin raise exception sqlstate '57P01'; end $$`],
  ])(
    'that meets a database that is %s is given back to its channel, and acts once when it comes again',
    async (_, trouble) => {
      const anna = await atAsk(house())
      const own = house().mind.actions.get('knowledge.answer')
      let broken = true
      const mend = instead(house(), 'knowledge.answer', async (input, context) => {
        if (broken) await context.tx.$executeRawUnsafe(trouble)
        return own?.run(input, context)
      })
      const update = { updateKey: `again ${trouble}`, messageKey: `again ${trouble}` }
      await expect(anna.receive(text('где получить патент'), update)).rejects.toThrow()
      await anna.settle()
      expect(anna.hears()).toEqual([])
      broken = false
      await anna.writes('где получить патент', update)
      mend()
      expect(anna.hears().length).toBeGreaterThan(0)
      await anna.writes('где получить патент', update)
      expect(anna.hears()).toEqual([])
    },
  )

  it('is slowed down kindly when too many come at once; words of danger, the SOS button and /panic pass', async () => {
    const anna = await atNotice(house())
    for (let n = 0; n < 40; n++) await anna.receive(text(RUBBISH))
    for (let n = 0; n < 20; n++) await anna.settle()
    const slow = anna.hears().filter((each) => each.text === say('common:slowDown'))
    expect(slow).toHaveLength(1)
    await anna.writes('меня бьют, помогите')
    expect(anna.hears().length).toBeGreaterThan(0)

    const boris = await atNotice(house())
    for (let n = 0; n < 40; n++) await boris.receive(text(RUBBISH))
    for (let n = 0; n < 20; n++) await boris.settle()
    boris.hears()
    await boris.does({ kind: 'button', data: 'go:sos' })
    expect(boris.hears().length).toBeGreaterThan(0)

    const vera = await atNotice(house())
    for (let n = 0; n < 40; n++) await vera.receive(text(RUBBISH))
    for (let n = 0; n < 20; n++) await vera.settle()
    vera.hears()
    await vera.writes('/panic')
    expect(vera.hears().map((each) => each.text)).toEqual([say('privacy:cleared')])
  })

  it('from somebody we believed gone or blocked opens their address again: who writes can be reached', async () => {
    for (const state of ['gone', 'blocked']) {
      const anna = await atNotice(house())
      anna.hears()
      await house().store.db.address.update({
        where: { id: (await rowsOf(house(), anna.address)).address.id },
        data: { state },
      })
      await anna.writes('привет')
      expect(anna.hears().length).toBeGreaterThan(0)
      expect((await rowsOf(house(), anna.address)).address.state).toBe('open')
    }
  })

  it('of a chat that moved takes the talk along; where both are known already, the old one ends', async () => {
    const anna = await atNotice(house())
    await anna.does({ kind: 'moved', to: `-100${anna.address}` })
    const there = person(house(), `-100${anna.address}`)
    await there.writes('привет')
    expect(there.hears().length).toBe(1)
    const boris = await atNotice(house())
    const known = await atNotice(house())
    await boris.does({ kind: 'moved', to: known.address })
    expect((await rowsOf(house(), boris.address)).address.state).toBe('gone')
    known.hears()
    await known.writes('привет')
    expect(known.hears()).toHaveLength(1)
  })
})

/** Counts the statements that go out while `work` runs: on the wire for PostgreSQL, at the door for the embedded database. */
async function counting(house: { store: { sql: unknown } }, kind: string, work: () => Promise<void>): Promise<number> {
  const spy =
    kind === 'PostgreSQL'
      ? vi.spyOn(pg.Client.prototype, 'query')
      : vi.spyOn(house.store as { sql: (...args: unknown[]) => unknown }, 'sql')
  try {
    await work()
    return spy.mock.calls.filter(([query]) => !JSON.stringify(query ?? '').includes('pg_notify')).length
  } finally {
    spy.mockRestore()
  }
}

inHouses('the cost of a message', (house, kind) => {
  const text = (words: string) => ({ kind: 'text' as const, text: words })

  it('is two round trips where no action is called, three at first contact', async () => {
    const anna = await inQueue(house())
    expect(await counting(house(), kind, () => anna.receive(text('и ещё вот что')))).toBeLessThanOrEqual(2)
    const boris = await atNotice(house())
    expect(await counting(house(), kind, () => boris.receive(text(RUBBISH)))).toBeLessThanOrEqual(2)
    const somebody = stranger(house())
    const unsupported = { kind: 'unsupported' as const, what: 'sticker' }
    expect(await counting(house(), kind, () => somebody.receive(unsupported))).toBeLessThanOrEqual(3)
  })

  it('does not grow with what was said before', async () => {
    const anna = await inQueue(house())
    const cost = () => counting(house(), kind, () => anna.receive(text('ещё')))
    for (let n = 0; n < 10; n++) await anna.receive(text('раз'))
    const early = await cost()
    const { conversation } = await rowsOf(house(), anna.address)
    await house().store.sql(
      `insert into message (conversation_id, case_id, direction, author, state, body)
       select $1::uuid, $2::uuid, 'in', 'client', 'received', '\\x00' from generate_series(1, 2000)`,
      [conversation.id, conversation.caseId],
    )
    await house().store.sql(
      `insert into receipt (channel, update_key) select 'telegram', 'old' || n from generate_series(1, 2000) n`,
    )
    expect(await cost()).toBe(early)
  })
})

describe('two processes on one database', () => {
  inHouses('', (house, kind) => {
    if (kind === 'embedded') {
      it.skip('the embedded database has one process', () => undefined)
      return
    }
    const text = (words: string) => ({ kind: 'text' as const, text: words })

    it('taking one person’s messages lose none, and answer none twice', async () => {
      const other = await neighbour(house())
      try {
        const here = await atNotice(house())
        here.hears()
        const there = person(other, here.address)
        const updates = [...Array(12)].map((_, n) => ({ updateKey: `both ${n}`, messageKey: `both ${n}` }))
        // Every update reaches both, as when a webhook is repeated to another machine.
        await Promise.all(
          updates.flatMap((update, n) => [
            here.receive(text(`слово ${n}`), update),
            there.receive(text(`слово ${n}`), update),
          ]),
        )
        const { messages } = await rowsOf(house(), here.address)
        const heard = messages.filter(({ direction }) => direction === 'in').slice(-12)
        expect(new Set(heard.map(({ channelHash }) => Buffer.from(channelHash ?? '').toString('hex'))).size).toBe(12)
        expect(messages.filter(({ direction }) => direction === 'out').length).toBe(
          messages.filter(({ direction }) => direction === 'in').length,
        )
      } finally {
        await other.end()
      }
    })

    it('do not write back what the other has just changed', async () => {
      const other = await neighbour(house())
      try {
        const here = await atAsk(house())
        const there = person(other, here.address)
        let release: () => void = () => undefined
        const held = new Promise<void>((resolve) => {
          release = resolve
        })
        let entered: () => void = () => undefined
        const inside = new Promise<void>((resolve) => {
          entered = resolve
        })
        const own = house().mind.actions.get('people.setLanguage')
        const mend = instead(house(), 'people.setLanguage', async (input, context) => {
          entered()
          await held
          return own?.run(input, context)
        })
        await here.writes('/language')
        const first = here.receive({
          kind: 'button',
          data:
            here
              .hears()
              .at(-1)
              ?.buttons?.flat()
              .flatMap((each) => ('data' in each && each.label === 'English' ? each.data : []))[0] ?? '',
        })
        await inside
        // The second message waits for the first one's row, in the other process.
        const second = there.receive(
          { kind: 'command', name: 'about', argument: '' },
          { updateKey: 'second', messageKey: 'second' },
        )
        const third = there.receive(
          { kind: 'command', name: 'place', argument: '' },
          { updateKey: 'third', messageKey: 'third' },
        )
        setTimeout(release, 300)
        await Promise.all([first, second, third])
        mend()
        expect((await rowsOf(house(), here.address)).person.language).toBe('en')
      } finally {
        await other.end()
      }
    })

    it('keep going when the database throws everybody out in the middle', async () => {
      const somebody = await inQueue(house())
      const { databaseUrl } = house().config
      const updates = [...Array(40)].map((_, n) => ({ updateKey: `cut ${n}`, messageKey: `cut ${n}` }))
      const killer = new pg.Client({ connectionString: databaseUrl })
      await killer.connect()
      const kill = () =>
        killer.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        )
      let rejected = 0
      for (const [n, update] of updates.entries()) {
        if (n % 8 === 3) await kill()
        const take = () => somebody.receive(text(`слово ${n}`), update)
        const both = Promise.allSettled([take(), n % 8 === 5 ? kill() : undefined])
        const [result] = await both
        if (result?.status === 'rejected') {
          rejected++
          // Long polling and webhooks bring it again.
          await vi.waitFor(take, { timeout: 10_000, interval: 50 })
        }
      }
      await killer.end()
      const { messages } = await rowsOf(house(), somebody.address)
      const words = messages.filter(({ direction, channelKey }) => direction === 'in' && channelKey).slice(-40)
      expect(words).toHaveLength(40)
      expect(new Set(words.map(({ channelHash }) => Buffer.from(channelHash ?? '').toString('hex'))).size).toBe(40)
      await somebody.settle()
      expect(somebody.hears().map((each) => each.text)).not.toContain(house().mind.words.say('ru', 'common:failed'))
      expect(rejected).toBeGreaterThan(0)
    })
  })
})
