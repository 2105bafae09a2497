/** The words that a person agrees to before anything is kept (S01). */
import { describe, expect, it } from 'vitest'
import { LIFETIMES } from '../../bot/store/lifetimes.js'
import { LANGUAGES, type Language } from '../../bot/text/languages.js'
import { loadTexts } from '../../bot/text/texts.js'

const DAY = 24 * 3_600_000
const LONGEST = 600

/** Beginnings of the words for: messages, files, numbers; consultants, who read them; the company behind the messenger. */
const SAID: Record<Language, [kept: RegExp[], reader: RegExp, company: RegExp]> = {
  en: [[/[Mm]essages/, /files/, /phone number/], /[Cc]onsultants .*read/, /company can see/],
  ru: [[/Сообщения/, /файлы/, /номер телефона/], /Читают .*консультанты/, /видит и компания/],
  tg: [[/Паём/, /файл/, /рақами телефон/], /мушовирон.* мехонанд/, /ширкат.* мебинад/],
  uz: [[/Xabar/, /fayl/, /telefon raqam/], /maslahatchilari(miz)? oʻqiydi/, /kompaniya ham koʻradi/],
  ky: [[/Билдирүү/, /файл/, /телефон номер/], /кеңешчилер(и гана)? окуйт/, /компания да көрөт/],
  kk: [[/Хабарлар/, /файл/, /телефон нөмір/], /кеңесшілері(міз)? оқиды/, /компания да көреді/],
  uk: [[/Повідомлення/, /файли/, /номер телефону/], /Читають .*консультанти/, /бачить і компанія/],
  cs: [[/Zprávy/, /soubory/, /telefonní číslo/], /Čtou .*konzultanti/, /vidí i firma/],
}

/** Whoever goes to a human, or complains, before the notice is asked there, with the same content. */
const ASKED = ['hotline:notice', 'human:consent', 'complaint:consent'] as const

describe.each(LANGUAGES.flatMap((language) => ASKED.map((key) => [key, language] as const)))(
  '%s in %s',
  (key, language) => {
    const notice = loadTexts('locales').say(language, key)
    const [kept, reader, company] = SAID[language]

    it('S01 is short enough to be read', () => {
      expect(notice.length).toBeLessThanOrEqual(LONGEST)
    })

    it('S01 says who runs this, what is kept and how long, who reads it, who else sees it, and whom to call', () => {
      if (key === 'hotline:notice') expect(notice.split('\n')[0]).toMatch(/Rahnamo|Роҳнамо/)
      for (const what of kept) expect(notice).toMatch(what)
      expect(notice).toMatch(new RegExp(`\\b${LIFETIMES.message.ms / DAY}\\b`))
      expect(notice).toMatch(new RegExp(`\\b${LIFETIMES.phone.ms / DAY}\\b`))
      expect(notice).toMatch(reader)
      expect(notice).toMatch(company)
      expect(notice).toContain('/erase')
      expect(notice).toContain('112')
    })
  },
)
