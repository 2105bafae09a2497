/**
 * Eight languages: what is said, and how what people type is read. Knows nothing of the other rooms.
 *
 * Words that must not be in the first line of a message, which others see on a locked screen (SAFETY S21): stems in each
 * language, compared in the loose form. `=` marks a whole word.
 */
import type { Language } from './languages.js'
import { looseKey, looseWords, uzbekToCyrillic } from './scripts.js'

const STEMS: Record<Language, string> = {
  en: 'deport expel expuls police violen refugee migrant migrat immigra prison jail detain detention arrest traffick suicid rape= raped= rapist illegal asylum hiv= abuse slave murder kill persecut tortur',
  ru: 'депорт выдвор полици полицей насил насильств беженц беженк мигра миграц тюрьм тюрем задержан арест суицид самоубий изнасил нелегал убежищ вич= рабств убий убьет пытк преследован фсб= мвд=',
  tg: 'депорт ихроҷ пулис полис зӯровар хушунат гуреза муҳоҷир ҳабс зиндон дастгиршуда боздошт худкуш таҷовуз ғайриқонун паноҳанда паноҳгоҳ ғулом куштан шиканҷа',
  uz: "deport politsiya zo'ravon qochqin muhojir migra qamoq qamal hibs zo'rla noqonun boshpana qul= qullik o'ldir qiynoq",
  ky: 'депорт полици зомбул зордук качкын мигра түрмө камакка камоо мыйзамсыз башпаана кулчулук өлтүр кыйноо',
  kk: 'депорт полици зорлық зорла босқын мигра түрме қамау қамақ абақты заңсыз құлдық өлтір азапта',
  uk: 'депорт поліц насил біжен мігра вʼязниц тюрм затрима арешт суїцид самогуб зґвалт нелегал притулк притулок рабств вбивств катуван віл=',
  cs: 'deport vyhošť vyhošt polici policie násil uprchl migra vězen vězn zadržen zadržel zatčen zatk sebevra znásil nelegál azyl otroct vražd mučen hiv=',
}

const stems = new Map<Language, string[]>()

/** The alarming words in the first line of a text, as they stand there. Russian ones count wherever Cyrillic is written. */
export function alarmingWords(text: string, language: Language): string[] {
  const [firstLine = ''] = text.trimStart().split('\n')
  const listed = stemsOf(language)
  return looseWords(firstLine.replace(/\{\{.*?\}\}/g, ' ')).filter((word) =>
    listed.some((stem) => (stem.endsWith('=') ? word === stem.slice(0, -1) : word.startsWith(stem))),
  )
}

function stemsOf(language: Language): string[] {
  const known = stems.get(language)
  if (known) return known
  const borrowed = language === 'en' || language === 'cs' ? '' : STEMS.ru
  const own = STEMS[language].split(' ')
  const written = [...own, ...(language === 'uz' ? own.map(uzbekToCyrillic) : []), ...borrowed.split(' ')].filter(
    Boolean,
  )
  const list = written.map((stem) => (stem.endsWith('=') ? `${looseKey(stem)}=` : looseKey(stem)))
  stems.set(language, list)
  return list
}
