import { beforeEach, describe, expect, it } from 'vitest'
import { stampTexts } from '../../bot/cli/stamp.js'
import { lintTexts } from '../../bot/text/lint.js'
import { localeFolder } from '../text/locale-folder.js'

const stale = (dir: string) =>
  lintTexts({ dir, audiences: { client: ['tea'], staff: [] } })
    .filter(({ rule, language }) => rule === 'stale' && language === 'cs')
    .map(({ key }) => key)

describe('a translator stamps what they compared', () => {
  let dir: string
  beforeEach(() => {
    dir = localeFolder({
      'en/tea': { green: 'Green tea', black: 'Black tea' },
      'cs/tea': { green: 'Zelený čaj', black: 'Černý čaj' },
    })
  })

  it('one text, then a whole file', () => {
    expect(stale(dir)).toEqual(['tea:black', 'tea:green'])
    expect(stampTexts(['cs', 'tea:green'], dir)).toMatch(/^1 marked/)
    expect(stale(dir)).toEqual(['tea:black'])
    expect(stampTexts(['cs', 'tea'], dir)).toMatch(/^1 marked/)
    expect(stale(dir)).toEqual([])
  })

  it.each([[[]], [['cs']], [['xx', 'tea']]])('never everything by accident: %j', (args) => {
    expect(() => stampTexts(args, dir)).toThrow(/stamp LANGUAGE NAMESPACE/)
  })
})
