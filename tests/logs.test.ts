import { expect, it } from 'vitest'
import { leaksIn, neverLog, suiteLog } from './logs.js'

it('S29 a word, an account or a made-up name in a log is found, wherever it stands', () => {
  expect(leaksIn(['{"code":"X","msg":"Sent."}\n'], ['мне не платят'])).toEqual([])
  expect(leaksIn(['{"code":"мне не платят"}\n'], ['мне не платят'])).toEqual(['мне не платят'])
  expect(leaksIn(['{"msg":"says \\"line\\nnext\\""}\n'], ['line\nnext'])).toEqual(['line\nnext'])
  expect(leaksIn(['{"msg":"from CanaryFirst"}\n'], [])).toHaveLength(1)
})

it('S29 the log leaves out every field that is not on its list, so nothing of this is there when the file ends', () => {
  const seen: string[] = []
  neverLog('a sentence of a client', '79990001122')
  suiteLog((line) => void seen.push(line)).warn(
    { code: 'ODD', text: 'a sentence of a client', phone: '79990001122', from: 'canary' },
    'Something happened.',
  )
  expect(seen).toHaveLength(1)
  expect(seen[0]).toContain('Something happened.')
})
