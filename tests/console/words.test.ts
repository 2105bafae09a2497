/** Other people's words on our page: whatever they are, they stay words. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { html, oneLine } from '../../bot/http/html.js'
import { newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'

const HOSTILE = {
  markup: '</p><script>alert(1)</script><img src=x onerror=alert(1)>',
  attribute: '" onmouseover="alert(1)" x=\'',
  entities: '&lt;b&gt; &amp;amp; &#60;i&#62;',
  direction: 'safe \u202Egnp.exe \u2066deep\u2069 \u200F',
  control: 'a\u0000b\u0007c\u001Bd\u0085e',
  combining: `z${'\u0301\u0316\u035F'.repeat(200)}algo`,
  placeholder: '{{n}} %s',
  long: 'ы'.repeat(4000),
  lines: 'one\n\n\ntwo\ttabs',
} as const

describe('the template', () => {
  it('lets nothing through that HTML would read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const out = html`<p title="${text}">${text}</p>`.toString()
        const inner = out.slice('<p title="'.length, -'</p>'.length)
        expect(inner.replace('">', '')).not.toMatch(/[<>"']/)
        expect(out).not.toMatch(/(?![\t\n\r])\p{Cc}/u)
      }),
    )
  })

  it('puts drawn parts in as they are, and nothing for what is missing', () => {
    const list = ['a', '<b>'].map((each) => html`<li>${each}</li>`)
    expect(html`<ul>${list}${undefined}${null}${false}${0}</ul>`.toString()).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li>0</ul>',
    )
  })

  it('takes marks of direction out of a name', () => {
    expect(oneLine('photo\u202Egnp.exe\n')).toBe('photognp.exe')
  })
})

describe('a case', () => {
  let desk: OpenDesk
  beforeAll(async () => {
    desk = await openDesk()
  })
  afterAll(() => desk.end())

  it.each(Object.entries(HOSTILE))('shows %s as it was written', async (_, text) => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman({ said: text })
    await client.says({ text })
    await me.post(`/desk/cases/${code}/claim`)
    await me.reply(code, { text })
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(page).not.toMatch(/<script(?![^>]*src=)|<img src=x|onmouseover="/)
    const shown = html`${text}`.toString()
    expect(page.split(shown).length - 1, 'question, two messages of the client').toBeGreaterThanOrEqual(3)
  })

  it('keeps a client’s words in their own language, apart from ours', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman({ language: 'uz', said: 'Salom' })
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(page).toMatch(/<p class="words" dir="auto" lang="uz">Salom</)
    const style = (await me.get(/href="([^"]+desk\.css[^"]*)"/.exec(page)?.[1] ?? '')).body
    expect(/\.words \{[^}]*unicode-bidi: isolate/.test(style)).toBe(true)
  })

  it('survives a city, a topic and an article that nobody knows', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman({
      city: '<i>',
      topic: '<b>',
      country: 'XX',
      shown: ['<u>'],
    })
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(page).toContain('XX, &lt;i&gt;')
    expect(page).toContain('&lt;u&gt;')
    expect(page).not.toMatch(/<[ibu]>/)
  })
})
