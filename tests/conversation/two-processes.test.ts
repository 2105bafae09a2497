/** Two processes on one PostgreSQL, and a server that throws everybody out in the middle. */
import pg from 'pg'
import { describe, expect, it, vi } from 'vitest'
import { person } from '../house.js'
import { atAsk, atNotice, inHouses, inQueue, instead, neighbour, rowsOf } from './stories.js'

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
