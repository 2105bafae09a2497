/** Files made to hurt whoever opens them: nothing is unfolded here beyond a limit, and whoever sent one hears what became of it (S34). */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { judgeFile } from '../../bot/conversation/files.js'
import { UserError } from '../../bot/errors.js'
import { pixelsOf } from '../../bot/files/pixels.js'
import { withoutTraces } from '../../bot/files/without-traces.js'
import { FILE_MAX_BYTES, PICTURE_MAX_PIXELS } from '../../bot/limits.js'
import { bareJpeg, box, heicOf, jpegOf, pngOf, unfolding, webpOf, zipOf } from './made.js'

const GIGABYTE = 1024 ** 3
/** Far below what any of these unfolds to, far above what it takes to hold the largest file a few times. */
const MEMORY_MAX_BYTES = 400 * 1024 * 1024
/** A bomb that went off would take minutes; a busy machine takes seconds. */
const TIME_MAX_MS = 15_000

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const TYPES = `<Types><Override PartName="/word/document.xml" ContentType="${DOCX}.main+xml"/></Types>`
const bomb = unfolding(GIGABYTE)

/** What is made of a file that somebody sent: its kind and what is given on, or the code of what they are told. */
async function taken(content: Buffer, mime: string): Promise<string | { mime: string; given: Buffer }> {
  const began = performance.now()
  const before = process.resourceUsage().maxRSS
  expect(content.length).toBeLessThanOrEqual(FILE_MAX_BYTES)
  try {
    const judged = await judgeFile({ content, mime })
    return { mime: judged.mime, given: Buffer.from(withoutTraces(content, judged.mime)) }
  } catch (error) {
    if (error instanceof UserError) return error.code
    throw error
  } finally {
    expect(performance.now() - began).toBeLessThan(TIME_MAX_MS)
    expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(MEMORY_MAX_BYTES)
  }
}

const size = (...sides: number[]) =>
  Buffer.concat(sides.map((side) => Buffer.from([side >> 24, side >> 16, side >> 8, side])))

describe('S34 what unfolds to gigabytes', () => {
  it('in an office paper is given on as it is, and never unfolded', async () => {
    const paper = zipOf({
      '[Content_Types].xml': TYPES,
      'word/document.xml': bomb,
      'docProps/core.xml': 'canary'.repeat(50),
    })
    expect(paper.length).toBeLessThan(2_000_000)
    const result = await taken(paper, DOCX)
    expect(result).toMatchObject({ mime: DOCX })
    expect(typeof result === 'object' && result.given.length).toBe(paper.length)
  })

  it('in the part that says what a paper is, is no paper that we know', async () => {
    expect(await taken(zipOf({ '[Content_Types].xml': bomb, 'word/document.xml': 'x' }), DOCX)).toBe('fileKind')
    expect(await taken(zipOf({ mimetype: bomb, 'content.xml': 'x' }), DOCX)).toBe('fileKind')
    expect(await taken(zipOf({ '[Content_Types].xml': bomb }, true), DOCX)).toBe('fileKind')
  })

  it('in an archive, or in an archive in an archive, is not taken', async () => {
    let nested = zipOf({ 'bomb.bin': bomb })
    for (let depth = 0; depth < 20; depth++) nested = zipOf({ [`${depth}.zip`]: nested.toString('latin1') })
    expect(await taken(nested, 'application/zip')).toBe('fileKind')
    expect(await taken(gzipSync(gzipSync(Buffer.alloc(GIGABYTE / 16))), 'application/gzip')).toBe('fileKind')
  })

  it('in many thousand parts is looked through once', async () => {
    const parts = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`word/${n}/${n}.xml`, '']))
    const result = await taken(
      zipOf({ '[Content_Types].xml': TYPES, ...parts, 'docProps/app.xml': 'canary'.repeat(50) }),
      DOCX,
    )
    expect(typeof result === 'string' ? result : result.mime).toMatch(/fileKind|wordprocessingml/)
  })

  it('in a PDF is given on as it is', async () => {
    const head = Buffer.from('%PDF-1.7\n1 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\n789c', 'latin1')
    const paper = Buffer.concat([
      head,
      bomb.packed,
      Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R /Info 1 0 R>>\n%%EOF'),
    ])
    const result = await taken(paper, 'application/pdf')
    expect(result).toMatchObject({ mime: 'application/pdf' })
    expect(typeof result === 'object' && result.given.equals(paper)).toBe(true)
  })

  it('in the words beside a picture goes with them', async () => {
    const result = await taken(
      pngOf(['zTXt', Buffer.concat([Buffer.from('x\0\0x\x9c', 'latin1'), bomb.packed])]),
      'image/png',
    )
    expect(result).toEqual({ mime: 'image/png', given: pngOf() })
  })
})

describe('S34 a picture of more points than any camera makes', () => {
  const png = pngOf()
  size(50_000, 50_000).copy(png, 16)
  const jpeg = jpegOf(1)
  size(0xfffffff0).copy(jpeg, jpeg.indexOf('ffc0', 'hex') + 5)
  const gif = Buffer.from('GIF89a\xff\xff\xff\xff\x00\x00\x00;', 'latin1')
  const webp = webpOf(0)
  Buffer.from('ffffffffffff', 'hex').copy(webp, 24)
  const lossless = Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\xff\xff\xff\x0f'.padEnd(40, '\0'), 'latin1')
  const ispe = box('iprp', box('ipco', box('ispe', size(0, 60_000, 60_000))))
  const heic = Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1heic')), box('meta', size(0), ispe)])

  it.each([
    ['PNG', png, 'image/png'],
    ['JPEG', jpeg, 'image/jpeg'],
    ['GIF', gif, 'image/gif'],
    ['WebP', webp, 'image/webp'],
    ['WebP without loss', lossless, 'image/webp'],
    ['HEIC', heic, 'image/heic'],
  ])('as %s is not taken, and its sender hears why', async (_, content, mime) => {
    expect(pixelsOf(content, mime)).toBeGreaterThan(PICTURE_MAX_PIXELS)
    expect(await taken(content, mime)).toBe('pictureTooLarge')
  })

  it('is told from one that a phone makes', async () => {
    const photo = pngOf()
    size(16_320, 12_240).copy(photo, 16)
    expect(await taken(photo, 'image/png')).toMatchObject({ mime: 'image/png' })
    expect(pixelsOf(jpegOf(1), 'image/jpeg')).toBe(64)
    expect(pixelsOf(webpOf(0), 'image/webp')).toBe(1)
    expect(pixelsOf(heicOf(), 'image/heic')).toBe(0)
  })

  it('cut short or lying is no fault of ours', () => {
    for (const [content, mime] of [
      [png, 'image/png'],
      [jpeg, 'image/jpeg'],
      [gif, 'image/gif'],
      [webp, 'image/webp'],
      [heic, 'image/heic'],
    ] as const)
      for (let end = 0; end < content.length; end++)
        expect(pixelsOf(content.subarray(0, end), mime)).toBeGreaterThanOrEqual(0)
    expect(pixelsOf(Buffer.alloc(3_000_000, 'ffd8ffe00000', 'hex'), 'image/jpeg')).toBe(0)
  })
})

describe('S34 what is more than it seems', () => {
  it('a photo with an Exif of many megabytes loses all of it', async () => {
    const exif = Buffer.concat([
      Buffer.from('ffe1ffff', 'hex'),
      Buffer.from('Exif\0\0'),
      Buffer.alloc(0xffff - 8, 'canary'),
    ])
    const photo = jpegOf(1)
    const large = Buffer.concat([photo.subarray(0, 2), ...Array.from({ length: 300 }, () => exif), photo.subarray(2)])
    expect(await taken(large, 'image/jpeg')).toEqual({ mime: 'image/jpeg', given: bareJpeg() })
  })

  it('a picture with an archive or a page behind it keeps the picture only', async () => {
    for (const behind of [zipOf({ 'run.js': 'alert(1)' }), Buffer.from('<script>alert(1)</script>')]) {
      expect(await taken(Buffer.concat([jpegOf(1), behind]), 'image/jpeg')).toEqual({
        mime: 'image/jpeg',
        given: bareJpeg(),
      })
      expect(await taken(Buffer.concat([pngOf(), behind]), 'image/png')).toEqual({ mime: 'image/png', given: pngOf() })
    }
  })

  it('a page, a drawing with entities or a program is no picture, whatever it says of itself', async () => {
    const entities = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('')
    const svg = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "ha">${entities}]><svg xmlns="http://www.w3.org/2000/svg"><text>&e12;</text></svg>`
    for (const mime of ['image/png', 'image/svg+xml', 'text/html'])
      for (const content of ['<!doctype html><script>alert(1)</script>', svg, svg.slice(21), 'MZ\x90\0'])
        expect(await taken(Buffer.from(content, 'latin1'), mime)).toBe('fileKind')
  })

  it('a page that says it is plain words stays plain words: it is only ever saved', async () => {
    const page = Buffer.from('<!doctype html><script>alert(1)</script>')
    expect(await taken(page, 'text/plain')).toEqual({ mime: 'text/plain', given: page })
  })

  it('a PDF of a million objects that all claim to be its author is not read a million times', async () => {
    for (const piece of ['1 0 obj <<>> stream\n', '1 0 obj (x) /Info 1 0 R ', '1 0 obj endobj '])
      expect(
        await taken(
          Buffer.concat([Buffer.from('%PDF-1.4 /Info 1 0 R '), Buffer.alloc(15_000_000, piece)]),
          'application/pdf',
        ),
      ).toMatchObject({
        mime: 'application/pdf',
      })
  })

  it('boxes in boxes without end are read no deeper than films are', async () => {
    let film = box('free')
    for (let depth = 0; depth < 2000; depth++) film = box('moov', film)
    const whole = Buffer.concat([box('ftyp', Buffer.from('mp42\0\0\0\0mp42')), film])
    expect(await taken(whole, 'video/mp4')).toMatchObject({ mime: 'video/mp4' })
  })
})
