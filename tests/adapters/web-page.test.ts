/** The chat page in a real browser, against the real adapter and a house of one room. */
// Long: one browser and one house for all these stories.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../adapters/adapter.js'
import { UserError } from '../../bot/errors.js'
import { LANGUAGES } from '../../bot/text/languages.js'
import { createHouse, type House, until } from './house.js'
import { chromiumPath, launchChromium, openPhone, shownOn, withoutChromium } from './web/chromium.js'
import { type Rig, startRig, words } from './web/harness.js'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const ru = (key: string) => words.say('ru', `chat:${key}`)

describe.skipIf(!chromiumPath)(chromiumPath ? 'The chat page' : `The chat page (${withoutChromium})`, () => {
  let browser: Browser
  let house: House
  let rig: Rig
  const hidden = new Set<string>()
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    house = createHouse()
    const { history } = house
    house.history = async (...where) => (await history(...where)).filter(({ text }) => !hidden.has(text))
    hidden.clear()
    rig = await startRig(house, { clock: systemClock })
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    await rig.close()
  })

  const events = () => house.taken.map(({ event }) => event)
  const answer = (text: string, more: Parameters<House['say']>[1] extends infer M ? Partial<M> : never = {}) =>
    house.say(rig.channel, { address: house.taken.at(-1)?.address ?? '', text, ...more })
  const open = async (path = 'chat', options = {}) => {
    const phone = await openPhone(browser, options)
    const before = house.taken.length
    await phone.page.goto(`${rig.url}/${path}`)
    await house.take(before + 1)
    return phone
  }
  const write = async (page: Page, text: string) => {
    await page.fill('textarea', text)
    await page.press('textarea', 'Enter')
  }
  const see = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor()

  it('greets a new visitor once, takes what they write and shows what is answered', async () => {
    const { page, faults } = await open()
    expect(events()).toEqual([{ kind: 'command', name: 'start', argument: '' }])
    await answer('Здравствуйте!')
    await see(page, 'Здравствуйте!')
    await write(page, 'хозяин не платит')
    await house.take(2)
    await answer('Вот что можно сделать.')
    await see(page, 'Вот что можно сделать.')
    expect(await shownOn(page)).toEqual(['Здравствуйте!', 'хозяин не платит', 'Вот что можно сделать.'])
    expect(await page.inputValue('textarea')).toBe('')
    expect(faults).toEqual([])
  })

  it('lets a long answer be read from its beginning, and tells that there is more below', async () => {
    const { page } = await open()
    await write(page, 'вопрос')
    await house.take(2)
    for (const part of ['первая', 'вторая', 'третья'])
      await answer(`${part} часть. ${'Длинные слова ответа. '.repeat(40)}`)
    await page.locator('.bot').nth(2).waitFor()
    const top =
      'document.querySelector(".bot").getBoundingClientRect().top - document.getElementById("scroll").getBoundingClientRect().top'
    await expect.poll(() => page.evaluate(`Math.abs(${top} - 56) < 4`)).toBe(true)
    await page.getByRole('button', { name: ru('newMessages') }).click()
    const left = `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.getElementById('scroll'))`
    await expect.poll(() => page.evaluate(left)).toBeLessThan(2)
    await answer('короткая')
    await page.getByText('короткая').waitFor()
    await expect.poll(() => page.evaluate(left)).toBeLessThan(2)
  })

  it('resumes after a reload, without greeting again and without losing or doubling a word', async () => {
    const { page } = await open()
    await answer('раз')
    await see(page, 'раз')
    await page.fill('textarea', 'недописанное')
    await page.reload()
    await answer('два')
    await see(page, 'два')
    expect(await shownOn(page)).toEqual(['раз', 'два'])
    expect(await page.inputValue('textarea')).toBe('недописанное')
    expect(events()).toHaveLength(1)
  })

  it('keeps what is written offline, shows that it waits, and sends it once, in order, when the line is back', async () => {
    const { page, context } = await open()
    await context.setOffline(true)
    await write(page, 'первое')
    await write(page, 'второе')
    await page.getByText(ru('state.waiting')).first().waitFor()
    await page.getByText(ru('offline')).waitFor()
    await context.setOffline(false)
    await house.take(3)
    await until('both to be sent', () => events().length === 3)
    expect(events().slice(1)).toEqual([
      { kind: 'text', text: 'первое' },
      { kind: 'text', text: 'второе' },
    ])
    await page.locator('.mine').first().waitFor({ state: 'detached' })
    expect(await shownOn(page)).toEqual(['первое', 'второе'])
    await page.getByText(ru('offline')).waitFor({ state: 'hidden' })
  })

  it('sends again when the answer was lost on the way, and the house has it once', async () => {
    const { page } = await open()
    let lost = 0
    await page.route('**/chat/messages', async (route) => {
      if (route.request().method() === 'POST' && lost++ === 0) {
        await route.fetch()
        return route.abort()
      }
      return route.continue()
    })
    await write(page, 'один раз')
    await until('the second try', () => house.offered.length === 3)
    await page.locator('.mine').waitFor({ state: 'detached' })
    expect(events()).toHaveLength(2)
    expect(await shownOn(page)).toEqual(['один раз'])
  })

  it('sends after a reload what could not be sent before', async () => {
    const { page } = await open()
    await page.route('**/chat/messages', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await write(page, 'пережило перезагрузку')
    await page.getByText(ru('state.waiting')).waitFor()
    await page.unroute('**/chat/messages')
    await page.reload()
    await house.take(2)
    await page.locator('.mine').waitFor({ state: 'detached' })
    expect(await shownOn(page)).toEqual(['пережило перезагрузку'])
  })

  it('puts the pressed button’s words into the talk, and the question’s buttons away', async () => {
    const { page } = await open()
    const buttons = [
      [
        { label: 'Да', data: 'yes' },
        { label: 'Нет', data: 'no' },
      ],
      [{ label: 'Карта', url: 'https://example.org/' }],
    ]
    const { messageKey } = await answer('Помогло?', { buttons })
    await page.getByRole('button', { name: 'Нет' }).click()
    const [, pressed] = await house.take(2)
    expect(pressed?.event).toEqual({ kind: 'button', data: 'no', messageKey, label: 'Нет' })
    await page.locator('.client .bubble').getByText('Нет').waitFor()
    expect(await page.getByRole('button', { name: 'Да' }).isVisible()).toBe(false)
    expect(await page.getByRole('link', { name: 'Карта' }).isVisible()).toBe(true)
    await answer('Жаль.', { buttons: [[{ label: 'Человек', data: 'go:human' }]] })
    await page.getByRole('button', { name: 'Человек' }).waitFor()
    await page.reload()
    expect(await page.getByRole('button', { name: 'Да' }).count()).toBe(0)
  })

  it('sends a photo that is then seen, and offers a document to be saved', async () => {
    const { page, faults } = await open()
    await page.setInputFiles('input[name=file]', [
      { name: 'паспорт.png', mimeType: 'image/png', buffer: PNG },
      { name: 'договор.txt', mimeType: 'text/plain', buffer: Buffer.from('текст договора') },
    ])
    await house.take(3)
    await page.locator('.picture img').waitFor()
    const decoded = `document.querySelector('.picture img').decode().then(() => document.querySelector('.picture img').naturalWidth)`
    expect(await page.evaluate(decoded)).toBe(1)
    const saving = page.waitForEvent('download')
    await page.locator('a.file').click()
    expect((await saving).suggestedFilename()).toBe('document.txt')
    expect(faults).toEqual([])
  })

  it('tells why a file is refused, and lets it be taken back', async () => {
    const { page } = await open()
    house.keepFile = () => Promise.reject(new UserError('fileKind'))
    await page.setInputFiles('input[name=file]', {
      name: 'a.exe',
      mimeType: 'application/x-msdownload',
      buffer: Buffer.from('MZ'),
    })
    await page.getByText(words.say('ru', 'errors:fileKind')).waitFor()
    await write(page, 'дальше')
    await house.take(2)
    await page.getByRole('button', { name: ru('remove') }).click()
    expect(await page.getByText('a.exe').count()).toBe(0)
    await page.evaluate('chat.fileBytesMax = 3')
    await page.setInputFiles('input[name=file]', { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(4) })
    await page.getByRole('alert').getByText('20 МБ').waitFor()
  })

  it('asks for a number and a place, and a place can be written when the phone does not tell it', async () => {
    const { page, context } = await open('chat', {
      permissions: ['geolocation'],
      geolocation: { latitude: 55.75, longitude: 37.6 },
    })
    await answer('Ваш номер?', { request: { kind: 'phone', label: 'Дать номер' } })
    await page.fill('input[type=tel]', '+7 701 000 00 00')
    await page.getByRole('button', { name: 'Дать номер' }).click()
    await house.take(2)
    await answer('Где вы?', { request: { kind: 'location', label: 'Показать место' } })
    await page.getByRole('button', { name: 'Показать место' }).click()
    await house.take(3)
    expect(events().slice(1)).toEqual([
      { kind: 'phone', phone: '+7 701 000 00 00', own: true },
      { kind: 'location', latitude: 55.75, longitude: 37.6 },
    ])
    await context.clearPermissions()
    await context.setGeolocation(null)
    await answer('Где вы теперь?', { request: { kind: 'location', label: 'Ещё раз' } })
    await page.getByRole('button', { name: 'Ещё раз' }).click()
    await page.getByText(ru('place.failed')).waitFor()
  })

  it('empties itself when everything is taken away on the other side', async () => {
    const { page } = await open()
    await answer('тайна')
    await see(page, 'тайна')
    hidden.add('тайна')
    hidden.add('/start')
    await rig.channel.remove?.(house.taken[0]?.address ?? '', '2')
    await page.getByText('тайна').waitFor({ state: 'detached' })
    expect(await page.locator('.message').count()).toBe(0)
  })

  it('keeps nothing of the word that cleared it', async () => {
    const { page } = await open()
    await answer('тайна')
    await see(page, 'тайна')
    hidden.add('тайна')
    hidden.add('/start')
    hidden.add('/panic')
    await write(page, '/panic')
    await house.take(2)
    await answer('Ок')
    await see(page, 'Ок')
    await expect.poll(() => shownOn(page)).toEqual(['Ок'])
  })

  it('is left at once by one button, and Back does not bring it back', async () => {
    const { page } = await open()
    await answer('тайна')
    await see(page, 'тайна')
    await page.getByRole('link', { name: ru('leave.button') }).click()
    await page.waitForURL('about:blank')
    await page.goBack().catch(() => undefined)
    expect(await page.content()).not.toContain('тайна')
  })

  it('changes its language, and tells the bot', async () => {
    const { page } = await open()
    await answer('Здравствуйте!')
    await page.selectOption('select[name=language]', 'kk')
    await until('the bot to know', () =>
      events().some((event) => event.kind === 'command' && event.name === 'language'),
    )
    await page.waitForURL('**/chat#end')
    expect(await page.getAttribute('html', 'lang')).toBe('kk')
    expect(await page.getAttribute('textarea', 'placeholder')).toBe(words.say('kk', 'chat:placeholder'))
  })

  it('makes its text larger, and remembers that', async () => {
    const { page } = await open()
    const size = () => page.evaluate('parseFloat(getComputedStyle(document.querySelector("textarea")).fontSize)')
    const before = await size()
    await page.locator('.menu summary').click()
    await page.getByRole('button', { name: ru('larger') }).click()
    expect(await size()).toBeGreaterThan(Number(before))
    await page.reload()
    expect(await size()).toBeGreaterThan(Number(before))
  })

  it('works in a browser without streams, by asking', async () => {
    const { page, context } = await openPhone(browser)
    await context.addInitScript('delete window.EventSource')
    await page.goto(`${rig.url}/chat`)
    await house.take(1)
    await answer('раз')
    await see(page, 'раз')
    await write(page, 'ответ')
    await house.take(2)
    await answer('два')
    await see(page, 'два')
    expect(await shownOn(page)).toEqual(['раз', 'ответ', 'два'])
  })

  it('works without any script, as plain forms', async () => {
    const { page } = await openPhone(browser, { javaScriptEnabled: false })
    await page.goto(`${rig.url}/chat`)
    const started = page.getByRole('button', { name: ru('start') }).click()
    await house.take(1)
    await answer('Здравствуйте!', { buttons: [[{ label: 'Дальше', data: 'next' }]] })
    await started
    const pressed = page.getByRole('button', { name: 'Дальше' }).click()
    await house.take(2)
    await answer('Пишите.')
    await pressed
    await page.fill('textarea', 'вопрос')
    const sent = page.getByRole('button', { name: ru('send'), exact: true }).click()
    await house.take(3)
    await answer('Ответ.')
    await sent
    await see(page, 'Ответ.')
    await page.setInputFiles('input[name=file]', { name: 'паспорт.png', mimeType: 'image/png', buffer: PNG })
    await page.getByRole('button', { name: ru('sendFile') }).click()
    await page.locator('.picture img').waitFor()
    expect(events().map(({ kind }) => kind)).toEqual(['command', 'button', 'text', 'files'])
  })

  it.each(LANGUAGES)('fits a narrow phone, with everything large enough for a thumb: %s', async (language) => {
    const { page } = await open(`chat?lang=${language}`, { viewport: { width: 320, height: 568 }, locale: language })
    const long = words.say(language, 'chat:forget.hint')
    const buttons = [
      [{ label: long.slice(0, 60), data: 'a' }],
      [
        { label: 'Көмектеспеді', data: 'b' },
        { label: 'Oʻzbekcha', data: 'c' },
      ],
    ]
    await answer(`${long} https://example.org/${'x'.repeat(80)}`, { buttons })
    await page.locator('.choice').first().waitFor()
    await page.locator('.menu summary').click()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    expect(await page.evaluate('document.getElementById("scroll").scrollWidth <= 320')).toBe(true)
    const small =
      await page.evaluate(`[...document.querySelectorAll('button, a.leave, summary, select, label.icon, textarea, .choice')]
      .map((element) => [element.className || element.tagName, element.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5 || box.right > 320.5))
      .map(([name, box]) => name + ' ' + box.width + 'x' + box.height + ' to ' + box.right)`)
    expect(small).toEqual([])
  })

  it.each(['light', 'dark'] as const)('has enough contrast to be read (WCAG AA): %s', async (colorScheme) => {
    const { page } = await open('chat', { colorScheme })
    const { history } = house
    house.history = async (...where) =>
      (await history(...where)).map((item) => (item.text === 'человек' ? { ...item, author: 'staff' } : item))
    await answer('бот https://example.org/', {
      buttons: [[{ label: 'Да', data: 'yes' }]],
      request: { kind: 'location', label: 'Место' },
    })
    await answer('человек')
    await write(page, 'я')
    await page.locator('.staff').waitFor()
    await page.route('**/chat/messages', (route) => route.abort())
    await write(page, 'ждёт')
    await page.locator('.small').waitFor()
    const poor = await page.evaluate(`(() => {
      const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number)
      const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
      const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const [r, g, b, a = 1] = rgb(getComputedStyle(at).backgroundColor)
          if (a > 0) return [r, g, b]
        }
        return [255, 255, 255]
      }
      return [...document.querySelectorAll('h1 span, .leave, select, .bubble p, .bubble a, .state, .author, .choice, .hint, .line, .small, textarea')]
        .filter((element) => element.getBoundingClientRect().width > 1)
        .map((element) => {
          const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x)
          return [element.className || element.tagName, (a + 0.05) / (b + 0.05)]
        })
        .filter(([, ratio]) => ratio < 4.5)
        .map(([name, ratio]) => name + ' ' + ratio.toFixed(2))
    })()`)
    expect(poor).toEqual([])
  })
})
