/** Taking messages away on the channel's side: many at once, and each by itself when one holds up the others. */
import { afterEach, expect, it } from 'vitest'
import { DeliveryError } from '../../bot/conversation/channel.js'
import { createRemover } from '../../bot/conversation/removals.js'
import { inHouses, rowsOf, stranger } from './stories.js'

inHouses('what is taken away', (house) => {
  const wire = () => house().wire
  const ownRemove = () => wire().removed
  const plain = { remove: undefined as ReturnType<typeof wire>['remove'] }
  afterEach(async () => {
    delete wire().removeMany
    if (plain.remove) wire().remove = plain.remove
    ownRemove().length = 0
    await house().store.sql('delete from removal')
  })

  /** Somebody with this many messages to take away, whose keys begin with `name`. */
  async function planned(name: string, count: number) {
    const somebody = stranger(house())
    await somebody.receive({ kind: 'text', text: 'привет' })
    const { address, drawer } = await rowsOf(house(), somebody.address)
    await house().store.db.removal.createMany({
      data: Array.from({ length: count }, (_, n) => ({
        addressId: address.id,
        channelKey: drawer.seal('message.channel_key', `${name}${n}`),
        notBefore: house().fake.now(),
      })),
    })
    return somebody
  }
  const left = async () => (await house().store.db.removal.count()) as number
  const run = () => createRemover({ ...house(), channels: house().channels }).drain()

  it('S19 goes together for each address, a hundred at a time', async () => {
    const [anna, boris] = [await planned('a', 130), await planned('b', 3)]
    const calls: [string, readonly string[]][] = []
    wire().removeMany = async (address, keys) => void calls.push([address, keys])
    await run()
    const of = (address: string) => calls.filter(([to]) => to === address).flatMap(([, keys]) => keys)
    expect(of(anna.address).sort()).toEqual(Array.from({ length: 130 }, (_, n) => `a${n}`).sort())
    expect(of(boris.address).sort()).toEqual(['b0', 'b1', 'b2'])
    expect(Math.max(...calls.map(([, keys]) => keys.length))).toBeLessThanOrEqual(100)
    expect(calls.length).toBeLessThanOrEqual(4)
    expect(ownRemove()).toEqual([])
    expect(await left()).toBe(0)
  })

  it('goes one by one when one of them may not be taken away any more', async () => {
    await planned('a', 5)
    wire().removeMany = async () => {
      throw new DeliveryError('refused', 'TELEGRAM_MESSAGE_TOO_OLD')
    }
    plain.remove = wire().remove
    const remove = wire().remove
    wire().remove = async (address, key) => {
      if (key === 'a2') throw new DeliveryError('refused', 'TELEGRAM_MESSAGE_TOO_OLD')
      await remove?.(address, key)
    }
    await run()
    expect(ownRemove().toSorted()).toEqual(['a0', 'a1', 'a3', 'a4'])
    expect(await left()).toBe(0)
  })

  it('is put off as long as the channel asks, all of that address, and not asked one by one', async () => {
    await planned('a', 5)
    let refusals = 1
    wire().removeMany = async (_, keys) => {
      if (refusals-- > 0) throw new DeliveryError('retry', 'TELEGRAM_429', { retryAfterMs: 30_000 })
      ownRemove().push(...keys)
    }
    await run()
    expect(ownRemove()).toEqual([])
    expect(await left()).toBe(5)
    house().fake.forward(30_000)
    await run()
    expect(ownRemove().length).toBe(5)
    expect(await left()).toBe(0)
  })

  it('goes one by one where the channel knows no other way', async () => {
    await planned('a', 3)
    await run()
    expect(ownRemove().toSorted()).toEqual(['a0', 'a1', 'a2'])
    expect(await left()).toBe(0)
  })

  it('does not keep the others when one cannot be opened', async () => {
    await planned('a', 3)
    wire().removeMany = async () => {
      throw new Error('must not be asked with half of them')
    }
    await house().store.sql(`update removal set channel_key = '\\x0102' where id = (select min(id) from removal)`)
    await run()
    expect(ownRemove().toSorted()).toEqual(['a1', 'a2'])
    expect(await left()).toBe(1)
  })
})
