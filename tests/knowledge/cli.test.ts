import { describe, expect, it } from 'vitest'
import { runKnowledgeCli } from '../../bot/knowledge/cli.js'

const run = (...args: string[]) => {
  const lines: string[] = []
  runKnowledgeCli(args, (line) => lines.push(line))
  return lines
}

describe('rahnamo knowledge search', () => {
  it('prints one line of JSON with what was found', () => {
    const [line = ''] = run(
      'search',
      'сколько дней можно в России без визы',
      '--country',
      'RU',
      '--language',
      'ru',
      '--json',
    )
    const { results, ...rest } = JSON.parse(line)
    expect(results[0]).toEqual({ id: 'ru-stay-90', facts: ['ru-stay-90'], score: expect.any(Number) })
    expect(results[0].score).toBeGreaterThan(0.5)
    expect(rest).toEqual({ escalate: false, urgent: null })
  })

  it('says that somebody is in danger', () => {
    const [line = ''] = run('search', 'муж избивает меня прямо сейчас', '--country', 'RU', '--json')
    expect(JSON.parse(line).urgent).toEqual({ kind: 'violence' })
  })

  it('is readable without --json, in the language that was asked for', () => {
    expect(run('search', 'lost migration card', '--country', 'RU', '--language', 'en').join('\n')).toMatch(
      /Answered.*\n.*ru-lost-migcard {2}I lost my migration card/,
    )
    expect(run('search', 'ипотека', '--country', 'RU')[0]).toMatch(/human/)
  })

  it.each([
    [[]],
    [['search']],
    [['find', 'x']],
    [['search', 'x', '--country', 'DE']],
    [['search', 'x', '--language', 'de']],
    [['search', 'x', '--limit', 'all']],
    [['search', 'x', '--colour']],
  ])('tells the right way to call it: %j', (args) => {
    expect(() => run(...args)).toThrow(/rahnamo knowledge search/)
  })
})
