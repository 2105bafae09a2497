/** What clients do with what we keep of them, in the audit: which act on which case, and nothing of who they are (S30). */
import { expect, it } from 'vitest'
import { brokenLink } from '../../bot/desk/audit.js'
import { atAsk, inHouse } from '../conversation/stories.js'

inHouse('own acts', (house) => {
  const say = (key: string) => house().mind.words.say('ru', key)
  const last = async () => {
    const [row] = await house().store.db.audit.findMany({ orderBy: { id: 'desc' }, take: 1 })
    if (!row) throw new Error('The audit is empty.')
    return row
  }

  it.each([
    ['/panic', 'client.panic', false],
    ['/mydata', 'client.mydata', false],
    ['/stop', 'client.stop', false],
    ['/erase', 'client.erase', true],
  ])('S30 %s leaves a row with the case, and neither an identity nor a word', async (command, action, asks) => {
    const somebody = await atAsk(house())
    await somebody.writes('/human')
    await somebody.writes('канарейка-слова')
    const found = await house().store.db.case.findFirstOrThrow({ orderBy: { openedAt: 'desc' } })
    await somebody.writes(command)
    if (asks) await somebody.presses(say('common:yes'))
    const row = await last()
    expect(row).toMatchObject({ staffId: null, action, object: found.code })
    const words = JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    for (const secret of [somebody.address, found.personId, 'канарейка']) expect(words).not.toContain(secret)
    expect(await brokenLink(house().store)).toBeUndefined()
  })

  it('S30 counts those who have no case, too', async () => {
    await (await atAsk(house())).writes('/mydata')
    expect(await last()).toMatchObject({ staffId: null, action: 'client.mydata', object: '–' })
  })
})
