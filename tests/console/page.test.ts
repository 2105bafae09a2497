/** The desk in a real browser. `SHOTS=folder` also keeps pictures of it. */
// Long: one browser and one house for all these stories.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import { keepFile } from '../../bot/conversation/files.js'
import { reply } from '../../bot/desk/replies.js'
import { newClient, type OpenDesk, openDesk } from './desk-house.js'
import { JPEG, OGG, PDF, PNG, picture } from './samples.js'

const CHROMIUM = '/usr/bin/chromium'
const SHOTS = process.env.SHOTS

let desk: OpenDesk
let browser: Browser
let origin: string

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) return
  desk = await openDesk({ now: new Date().toISOString() })
  origin = await desk.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
})
afterAll(async () => {
  await browser?.close()
  await desk?.end()
})

async function signedIn(language: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const token = await invite(desk.store, { role: 'consultant', language, now: desk.clock() })
  // The desk greets a newcomer in the language of their browser.
  const context = await browser.newContext({ locale: language, ...options })
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(`${origin}/desk/sign-in#${token}`)
  await page.waitForURL(`${origin}/desk`)
  return page
}

const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

const talk = (page: Page) => page.locator('#messages')

// A page that draws itself anew just under the test's click takes no click; a person presses again, and so does the test.
describe.skipIf(!existsSync(CHROMIUM))('the desk in a browser', { retry: 2 }, () => {
  it('signs in by the link alone, and leaves no code in the address bar', async () => {
    const page = await signedIn('en')
    expect(page.url()).toBe(`${origin}/desk`)
    // Whoever follows a link without the cookie, as from a messenger, is let in when this browser is signed in.
    await page.goto(`${origin}/desk/sign-in`)
    await page.waitForURL(`${origin}/desk`)
    await page.context().close()
  })

  it('shows a new case, counts it in the title, and takes it with one click', async () => {
    const page = await signedIn('en')
    const code = await (await newClient(desk)).asksForHuman({ said: 'Салом' })
    await page.locator(`.row[data-code="${code}"]`).waitFor()
    expect(await page.title()).toMatch(/^\(\d+\) /)
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.locator('#reply').waitFor()
    await page.context().close()
  })

  it('brings words of the client without a reload, and keeps what is being written', async () => {
    const page = await signedIn('en')
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.fill('#reply-text', 'half a thou')
    await client.says({ text: 'Оё касе ҳаст?' })
    await talk(page).getByText('Оё касе ҳаст?').waitFor()
    expect(await page.inputValue('#reply-text')).toBe('half a thou')
    await page.reload()
    expect(await page.inputValue('#reply-text')).toBe('half a thou')
    await page.context().close()
  })

  it('sends with Ctrl+Enter, once for two clicks, and shows it at once', async () => {
    const page = await signedIn('en')
    const code = await (await newClient(desk)).asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.fill('#reply-text', 'by keys')
    await page.press('#reply-text', 'Control+Enter')
    await talk(page).getByText('by keys').waitFor()
    await page.fill('#reply-text', 'by mouse')
    await page.getByRole('button', { name: 'Send to the client' }).dblclick()
    await talk(page).getByText('by mouse').waitFor()
    expect(await page.inputValue('#reply-text')).toBe('')
    const { id } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    expect(await desk.store.db.message.count({ where: { caseId: id, author: 'staff' } })).toBe(2)
    await page.context().close()
  })

  it('tries again after a lost line, and the client gets the words once', async () => {
    const page = await signedIn('en')
    const code = await (await newClient(desk)).asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.fill('#reply-text', 'are you there')
    // The server gets it, but its answer is lost on the way.
    await page.route('**/replies', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: 'Send to the client' }).click()
    await page.getByText('Your words are kept').waitFor()
    expect(await page.inputValue('#reply-text')).toBe('are you there')
    await page.unroute('**/replies')
    await page.reload()
    await page.getByRole('button', { name: 'Send to the client' }).click()
    await expect.poll(() => page.inputValue('#reply-text')).toBe('')
    expect(await talk(page).getByText('are you there').count()).toBe(1)
    await page.context().close()
  })

  it('sends several files, the words with the first', async () => {
    const page = await signedIn('en')
    const code = await (await newClient(desk)).asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.setInputFiles('input[type=file]', [
      { name: 'form.png', mimeType: 'image/png', buffer: PNG },
      { name: 'paper.pdf', mimeType: 'application/pdf', buffer: PDF },
    ])
    await page.fill('#reply-text', 'Two papers')
    await page.getByRole('button', { name: 'Send to the client' }).click()
    await talk(page).locator('img').waitFor()
    await talk(page).getByText('paper.pdf').waitFor()
    expect(await talk(page).locator('.message.staff').count()).toBe(2)
    await page.context().close()
  })

  it('takes a file that is dropped on the conversation, and lets go of it again', async () => {
    const page = await signedIn('en')
    const code = await (await newClient(desk)).asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.locator('#reply').waitFor()
    await page.evaluate(`{
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['words'], 'list.txt', { type: 'text/plain' }))
      document.getElementById('talk').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }`)
    await page.locator('#files').getByText('list.txt').waitFor()
    await page.getByRole('button', { name: 'Remove: list.txt' }).click()
    expect(await page.locator('#files').isVisible()).toBe(false)
    await page.context().close()
  })

  it('empties itself when the client erases everything', async () => {
    const page = await signedIn('en')
    const client = await newClient(desk)
    const code = await client.asksForHuman({ said: 'canary-words' })
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.fill('#note-text', 'canary-note')
    const { id } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    await desk.store.db.person.delete({ where: { id: client.personId } })
    desk.store.signals.emit('case', id)
    await page.getByText('Perhaps the client deleted their data.').waitFor()
    expect(await page.content()).not.toContain('canary')
    expect(await page.evaluate<string>('JSON.stringify(sessionStorage)')).not.toContain('canary')
    await page.context().close()
  })

  it('adds a note beside the conversation, and says who else has taken a case', async () => {
    const page = await signedIn('en')
    const colleague = await signedIn('cs')
    const code = await (await newClient(desk)).asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.fill('#note-text', 'only for us')
    await page.getByRole('button', { name: 'Add the note' }).click()
    await page.locator('#note-list').getByText('only for us').waitFor()
    expect(await talk(page).getByText('only for us').count()).toBe(0)

    await colleague.goto(`${origin}/desk/cases/${code}`)
    await colleague.getByRole('button', { name: 'Vzít tento případ' }).click()
    await page.locator('#answer').getByText('has this case and answers').waitFor()
    await page.context().close()
    await colleague.context().close()
  })

  it('closes a case in two steps', async () => {
    const page = await signedIn('en')
    const code = await (await newClient(desk)).asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.locator('.menu.close summary').click()
    await page.getByLabel('referred to others').check()
    await page.getByRole('button', { name: 'Close the case' }).click()
    await page.locator('#head').getByText('Closed').waitFor()
    await page.context().close()
  })

  it('tells whoever reads further up of a new message, and does not pull them away', async () => {
    const page = await signedIn('en', { viewport: { width: 1280, height: 500 } })
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    for (let n = 0; n < 12; n++) await client.says({ text: `line ${n}` })
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.evaluate(`document.getElementById('talk').scrollTop = 0`)
    await client.says({ text: 'the newest' })
    await page.getByRole('button', { name: 'New message' }).click()
    expect(await page.getByRole('button', { name: 'New message' }).isVisible()).toBe(false)
    await page.context().close()
  })

  it('keeps every open tab up to date over one line', async () => {
    const page = await signedIn('en')
    const second = await page.context().newPage()
    await second.goto(`${origin}/desk`)
    const code = await (await newClient(desk)).asksForHuman()
    for (const each of [page, second]) await each.locator(`.row[data-code="${code}"]`).waitFor()
    await page.context().close()
  })

  it('rings for a new urgent case, once and without a word about it, when it was asked to', async () => {
    const page = await signedIn('en')
    await page.evaluate(`window.rung = []
      window.Notification = class { constructor(...what) { rung.push(JSON.stringify(what)) } }
      Notification.permission = 'granted'
      Notification.requestPermission = async () => 'granted'`)
    await page.locator('.top .menu summary').click()
    await page.getByLabel('Sound and notice').check()
    await page.keyboard.press('Escape')
    for (const urgency of ['normal', 'urgent', 'normal'] as const) {
      const code = await (await newClient(desk)).asksForHuman({ urgency, said: 'canary' })
      await page.locator(`.row[data-code="${code}"]`).waitFor()
    }
    const rung = await page.evaluate<string[]>('rung')
    expect(rung).toHaveLength(1)
    expect(rung[0]).toContain('An urgent case is waiting.')
    expect(rung[0]).not.toContain('canary')
    await page.context().close()
  })

  it('says that one is signed out, and keeps what was being written', async () => {
    const page = await signedIn('en')
    const code = await (await newClient(desk)).asksForHuman()
    await page.goto(`${origin}/desk/cases/${code}`)
    await page.getByRole('button', { name: 'Take this case' }).click()
    await page.fill('#reply-text', 'half a thought')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Send to the client' }).click()
    await page.getByText('You are signed out. What you wrote is kept').waitFor()
    expect(await page.inputValue('#reply-text')).toBe('half a thought')
    await page.context().close()
  })

  it('works without any script', async () => {
    const page = await signedIn('en', { javaScriptEnabled: true })
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
      userAgent: await page.evaluate<string>('navigator.userAgent'),
    })
    const still = await plain.newPage()
    const code = await (await newClient(desk)).asksForHuman()
    await still.goto(`${origin}/desk/cases/${code}`)
    await still.getByRole('button', { name: 'Take this case' }).click()
    await still.fill('#reply-text', 'without a script')
    await still.getByRole('button', { name: 'Send to the client' }).click()
    await talk(still).getByText('without a script').waitFor()
    await plain.close()
    await page.context().close()
  })

  it.each([360, 900, 1280])('fits into %i pixels without scrolling sideways', async (width) => {
    const page = await signedIn('ru', { viewport: { width, height: 740 } })
    const client = await newClient(desk)
    const code = await client.asksForHuman({ said: 'ы'.repeat(3000) })
    await client.says({ text: 'https://example.org/'.repeat(40) })
    for (const url of ['/desk', `/desk/cases/${code}`]) {
      await page.goto(origin + url)
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
    await page.context().close()
  })

  it.runIf(SHOTS)('looks right', { timeout: 120_000 }, async () => {
    const first = await newClient(desk)
    const code = await first.asksForHuman({
      said: 'Хӯҷаин се моҳ маош намедиҳад, паспортамро гирифтааст. Чӣ кор кунам?',
      urgency: 'urgent',
      danger: 'documents',
      shown: ['ru-wages-unpaid', 'ru-labour-inspection'],
    })
    for (const [topic, country, city, language, urgency] of [
      ['work-permit', 'RU', 'moscow', 'uz', 'normal'],
      ['health-care', 'KZ', 'almaty', 'ky', 'normal'],
      ['trafficking-violence', 'KZ', 'shymkent', 'uz', 'urgent'],
      ['humanitarian-benefit', 'CZ', 'usti-nad-labem', 'uk', 'normal'],
      [undefined, 'TJ', 'dushanbe', 'tg', 'normal'],
    ] as const) {
      desk.forward(7 * 60_000)
      await (await newClient(desk)).asksForHuman({ topic, country, city, language, urgency })
    }
    const file = async (name: string, mime: string, content: Uint8Array) => {
      const person = await desk.store.db.person.findUniqueOrThrow({ where: { id: first.personId } })
      const id = await keepFile(
        desk.store,
        desk.files,
        { id: person.id, wrappedKey: person.wrappedKey ?? JPEG },
        'telegram',
        { name, mime, content },
      )
      return {
        kind: mime.startsWith('image') ? 'photo' : mime.startsWith('audio') ? 'voice' : 'document',
        mime,
        bytes: content.length,
        name,
        stored: id,
      } as const
    }
    for (const language of ['en', 'ru'])
      for (const scheme of ['light', 'dark'] as const)
        for (const width of [360, 900, 1280]) {
          const page = await signedIn(language, {
            viewport: { width, height: width === 360 ? 740 : 800 },
            colorScheme: scheme,
            timezoneId: 'Europe/Prague',
          })
          await page.locator('.top .menu summary').click()
          await shot(page, `menu-${language}-${scheme}-${width}`)
          await page.keyboard.press('Escape')
          await shot(page, `queue-${language}-${scheme}-${width}`)
          await page.goto(`${origin}/desk/cases/${code}`)
          if (language === 'en' && scheme === 'light' && width === 360) {
            await shot(page, `case-unclaimed-${width}`)
            const claimer = await desk.store.db.staff.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
            await page.getByRole('button', { name: 'Take this case' }).first().click()
            await page.waitForSelector('#reply')
            await first.says({ text: 'Ин шартномаи ман' }, [await file('Шартнома.pdf', 'application/pdf', PDF)])
            await first.says({ text: '' }, [await file('photo.png', 'image/png', picture(420, 260))])
            await first.says({ text: '' }, [await file('voice.ogg', 'audio/ogg', OGG)])
            await first.says({ text: '', shared: 'phone', value: '+79991234567' })
            await reply(
              desk.house,
              code,
              { ...claimer },
              {
                text: 'Здравствуйте! Я консультант. Сохраните все переписки с работодателем. Паспорт никто не вправе у вас забирать.\n\nНапишите, пожалуйста, название фирмы.',
                requestId: 'a'.repeat(32),
              },
            )
            await first.inTurn(async (turn) => turn.tell('cleared'))
            desk.forward(60_000)
            await reply(desk.house, code, { ...claimer }, { text: 'Я на связи.', requestId: 'b'.repeat(32) })
            await desk.store.sql(
              `update message set state = 'sent' where author = 'staff' and id = (select min(id) from message where author = 'staff')`,
            )
            await desk.store.sql(
              `update message set state = 'dead', error = 'TELEGRAM_MEDIA_REFUSED' where author = 'staff' and state = 'due'`,
            )
            await page.reload()
            await page.getByRole('button', { name: 'Notes' }).click()
            await page.fill('#note-text', 'Called the labour inspectorate: they open at 9.')
            await page.getByRole('button', { name: 'Add the note' }).click()
            await page.waitForSelector('.note')
            await shot(page, 'case-notes-360')
            await page.getByRole('button', { name: 'About' }).click()
            await shot(page, 'case-about-360')
            await page.getByRole('button', { name: 'Conversation' }).click()
            await shot(page, 'case-mine-360')
            await page.setViewportSize({ width: 1280, height: 800 })
            await page.fill('#reply-text', 'I write an answer')
            await shot(page, 'case-mine-1280')
            await page.locator('.menu.close summary').click()
            await shot(page, 'case-close-1280')
            await page.keyboard.press('Escape')
          }
          await shot(page, `case-${language}-${scheme}-${width}`)
          await page.context().close()
        }
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const door = await context.newPage()
    await door.goto(`${origin}/desk/sign-in`)
    await shot(door, 'door-360')
    await context.close()
  })
})
