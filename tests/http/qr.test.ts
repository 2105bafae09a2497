/** The codes that we draw, read as a telephone reads them. */
import { describe, expect, it } from 'vitest'
import { qrCode, qrPicture } from '../../bot/http/qr.js'
import { certificatePdf } from '../../bot/programme/duties/certificate-pdf.js'
import { sheetPdf } from '../../bot/programme/feedback/sheet-pdf.js'
import { readPdf, readPng, readSvg } from '../qr-reader.js'

/** As long as a messenger lets a link into a chat be. */
const CHECK_IN = `https://t.me/rahnamo_bot?start=${'aB_9-xYz'.repeat(8)}`
const INVITATION = 'https://t.me/rahnamo_bot?start=j_ABCD2345'
const CERTIFICATE = 'https://rahnamo.example.org/certificate?code=ABCD-1234-EFGH'

describe.each([CHECK_IN, INVITATION, CERTIFICATE])('%s', (link) => {
  it('is read from a page', () => expect(readSvg(String(qrCode(link, 'QR')))).toBe(link))

  it('is read from a picture', async () => expect(readPng(await qrPicture(link))).toBe(link))
})

it('the code of a certificate opens its check', async () => {
  const paper = await certificatePdf({
    ...{ language: 'cs', title: 'Osvědčení', lead: 'získává', name: 'Žofie Řeřichová', organisation: 'Most' },
    ...{ did: 'za', programme: 'Kurz', facts: ['56 hodin'], date: '20. 11. 2026', signature: 'podpis' },
    ...{ code: 'ABCD-1234-EFGH', check: 'Ověřit', link: CERTIFICATE },
  })
  expect(readPdf(paper)).toEqual([CERTIFICATE])
})

it('each slip of a sheet has the code of its own', async () => {
  const slips = Array.from({ length: 10 }, (_, nth) => ({
    qr: `https://t.me/rahnamo_bot?start=f_ABCDEFG${nth}`,
    code: `ABCD-EFG${nth}`,
    address: '',
  }))
  expect(readPdf(await sheetPdf('Sheet', ['Was it good?'], slips))).toEqual(slips.map(({ qr }) => qr))
})
