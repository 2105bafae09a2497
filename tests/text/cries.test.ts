/** Who cries for help, and says nothing else. */
import { expect, it } from 'vitest'
import { detectDanger } from '../../bot/danger/detect.js'
import { isCry } from '../../bot/text/cries.js'

it.each([
  'help',
  'HELP!!!',
  'please help me',
  'I need help',
  'помогите',
  'Помогите мне пожалуйста 🙏',
  'здравствуйте, нужна помощь',
  'pomogite',
  'допоможіть будь ласка',
  'мені потрібна допомога',
  'yordam',
  'Yordam bering, iltimos',
  'менга ёрдам керак',
  'кӯмак кунед',
  'кумак лозим',
  'ба ман ёрӣ диҳед',
  'жардам бериңиз',
  'жардам керек',
  'көмек',
  'комек керек',
  'көмектесіңізші',
  'pomoc',
  'prosím pomozte mi',
])('%s', (text) => {
  expect(isCry(text)).toBe(true)
  // More than that is for the guard, which comes first
  expect(detectDanger(text)).toBeNull()
})

it.each([
  '',
  '?',
  'спасибо',
  'нужен врач',
  'помогите найти работу',
  'медицинская помощь',
  'спасибо за помощь',
  'гуманитарная помощь',
  'rahmat katta, yaxshi yordam berdingiz',
  'yordam berdi',
  'жардам берди',
  'көмектесті',
  'help with my visa',
  'humanitární pomoc',
  'мне нужно срочно',
])('not: %s', (text) => expect(isCry(text)).toBe(false))
