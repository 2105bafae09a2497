/** What a file tells of its maker is taken out; what it shows stays, byte for byte. */
import { crc32, inflateRawSync } from 'node:zlib'
import * as fc from 'fast-check'
import { fileTypeFromBuffer } from 'file-type'
import { describe, expect, it } from 'vitest'
import { ADDED_BYTES_MAX } from '../../bot/files/copy.js'
import { onlyOrientation } from '../../bot/files/exif.js'
import { withoutTraces } from '../../bot/files/without-traces.js'
import { bareJpeg, box, exifOf, filmOf, heicOf, jpegOf, pdfOf, pngOf, webpOf, zipOf } from './made.js'

const bare = (bytes: Buffer, mime: string) => Buffer.from(withoutTraces(bytes, mime))
const CANARY = /canary/i
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const ODT = 'application/vnd.oasis.opendocument.text'

describe('S11 a photo', () => {
  it('as JPEG keeps its picture and its turn, and no place, phone, comment or film behind it', () => {
    const photo = jpegOf(6)
    expect(photo.includes(exifOf(6))).toBe(true)
    const given = bare(photo, 'image/jpeg')
    expect(given).toEqual(bareJpeg(onlyOrientation(exifOf(6))))
    expect(given.toString('latin1')).not.toMatch(CANARY)
    // The Exif that is left has one entry, and it is the turn: no pointer to a place.
    const tiff = given.subarray(given.indexOf('Exif\0\0') + 6)
    expect([tiff.readUInt16BE(8), tiff.readUInt16BE(10), tiff.readUInt16BE(18)]).toEqual([1, 0x0112, 6])
  })

  it('as JPEG that stands upright keeps no Exif at all, and given on again stays the same', () => {
    expect(bare(jpegOf(1), 'image/jpeg')).toEqual(bareJpeg())
    expect(bare(jpegOf(99), 'image/jpeg')).toEqual(bareJpeg())
    const given = bare(jpegOf(8), 'image/jpeg')
    expect(bare(given, 'image/jpeg')).toEqual(given)
  })

  it('as JPEG that was cut short loses what could be understood', () => {
    const photo = jpegOf(6)
    const cut = bare(photo.subarray(0, photo.indexOf('ffd9', 'hex') - 3), 'image/jpeg')
    expect(cut.toString('latin1')).not.toMatch(CANARY)
  })

  it('as PNG keeps its picture, and no text, time or Exif', () => {
    const telling = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'caBX'].map((name): [string, Buffer] => [
      name,
      Buffer.from('canary'),
    ])
    const colours: [string, Buffer] = ['gAMA', Buffer.from('0000b18f', 'hex')]
    expect(bare(pngOf(...telling, colours, ['eXIf', exifOf(1)]), 'image/png')).toEqual(pngOf(colours))
    const turn = onlyOrientation(exifOf(3)) ?? Buffer.alloc(0)
    expect(bare(pngOf(['eXIf', exifOf(3)]), 'image/png')).toEqual(pngOf(['eXIf', turn]))
    expect(bare(Buffer.concat([pngOf(), Buffer.from('canary')]), 'image/png')).toEqual(pngOf())
  })

  it('as WebP keeps its picture, and its head promises nothing that is gone', () => {
    const xmp: [string, Buffer] = ['XMP ', Buffer.from('canary')]
    expect(bare(webpOf(0x1c, ['EXIF', exifOf(1)], xmp), 'image/webp')).toEqual(webpOf(0x10))
    const turn = onlyOrientation(exifOf(6)) ?? Buffer.alloc(0)
    expect(bare(webpOf(0x0c, ['EXIF', exifOf(6)], xmp), 'image/webp')).toEqual(webpOf(0x08, ['EXIF', turn]))
  })

  it('as HEIC keeps its picture where it was, and its Exif is zeros', () => {
    const photo = heicOf()
    const given = bare(photo, 'image/heic')
    expect(photo.includes('CanaryPhone')).toBe(true)
    expect(given.toString('latin1')).not.toMatch(CANARY)
    expect(given.length).toBe(photo.length)
    expect(given.indexOf('the picture itself')).toBe(photo.indexOf('the picture itself'))
  })
})

describe('S11 film and sound', () => {
  it('keep every byte in its place, and no place of the earth', () => {
    const given = bare(filmOf(), 'video/mp4')
    expect(given.toString('latin1')).not.toMatch(/canary|xyz|55\.75/i)
    expect(given.length).toBe(filmOf().length)
    expect(given.indexOf('the film itself')).toBe(filmOf().indexOf('the film itself'))
    expect(given.includes('tkhd')).toBe(true)
  })

  it('as MP3 lose both tags', () => {
    const sound = Buffer.from('fffb9000 the sound itself'.replace('fffb9000', '\xff\xfb\x90\0'), 'latin1')
    const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x06'), Buffer.from('canary')])
    const old = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 'canary')])
    expect(bare(Buffer.concat([tag, sound, old]), 'audio/mpeg')).toEqual(sound)
  })
})

describe('S11 a paper', () => {
  it('as PDF loses its author, program, title and XMP, and no byte moves', () => {
    const given = bare(pdfOf(), 'application/pdf')
    expect(given.length).toBe(pdfOf().length)
    expect(given.toString('latin1')).not.toMatch(/canary|43616e617279|FEFF0043|livestream/i)
    for (const kept of ['%PDF-1.4', '(D:20261120190500Z)', '(Chapter one)', 'trailer', '/Author (', '<?xpacket end'])
      expect(given.indexOf(kept)).toBe(pdfOf().indexOf(kept))
  })

  it('as PDF that is sealed stays as it came', () => {
    const sealed = Buffer.from(pdfOf().toString('latin1').replace('/Root 1 0 R', '/Encrypt 9 0 R'), 'latin1')
    expect(bare(sealed, 'application/pdf')).toEqual(sealed)
  })

  it.each([false, true])(
    'of an office is still a zip that every program reads (lengths behind the parts: %s)',
    async (late) => {
      const who = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Canary Canaryevich</dc:creator><cp:lastModifiedBy>somebody else</cp:lastModifiedBy></cp:coreProperties>`
      const types =
        '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
      const paper = zipOf(
        { '[Content_Types].xml': types, 'docProps/core.xml': who, 'word/document.xml': '<w>words</w>' },
        late,
      )
      const given = bare(paper, DOCX)
      expect(given.length).toBe(paper.length)
      expect(given.subarray(0, paper.indexOf('docProps'))).toHaveLength(paper.indexOf('docProps'))
      const read = unzipped(given)
      expect(read['docProps/core.xml']?.trim()).toMatch(/^<coreProperties xmlns="[^"]+"\/>$/)
      expect(read['word/document.xml']).toBe('<w>words</w>')
      expect((await fileTypeFromBuffer(given))?.mime).toBe(DOCX)
      const meta = `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:creator>Canary</dc:creator></office:meta></office:document-meta>`
      expect(unzipped(bare(zipOf({ mimetype: ODT, 'meta.xml': meta }, late), ODT))['meta.xml']).not.toMatch(CANARY)
    },
  )
})

/** By the list at the end, as programs read it; each part's own head must say the same, and its sum be true. */
function unzipped(bytes: Buffer): Record<string, string> {
  const found: Record<string, string> = {}
  let at = bytes.readUInt32LE(bytes.length - 6)
  while (bytes.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [size, nameBytes, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ]
    const late = (bytes.readUInt16LE(local + 6) & 8) > 0
    const told = (header: number, sums: number) => [bytes.readUInt16LE(header), bytes.toString('hex', sums, sums + 12)]
    if (!late) expect(told(local + 8, local + 14)).toEqual(told(at + 10, at + 16))
    const start = local + 30 + nameBytes
    const packed = bytes.subarray(start, start + size)
    const content = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed
    expect([content.length, crc32(content)]).toEqual([bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 16)])
    found[bytes.toString('latin1', at + 46, at + 46 + nameBytes)] = content.toString()
    at += 46 + nameBytes
  }
  return found
}

const MADE: [mime: string, bytes: Buffer][] = [
  ['image/jpeg', jpegOf(6)],
  ['image/png', pngOf(['tEXt', Buffer.from('canary')], ['eXIf', exifOf(6)])],
  ['image/webp', webpOf(0x0c, ['EXIF', exifOf(6)])],
  ['image/heic', heicOf()],
  ['video/mp4', filmOf()],
  ['audio/mpeg', Buffer.from('ID3\x04\0\0\0\0\0\x06canary the sound')],
  ['application/pdf', pdfOf()],
  [DOCX, zipOf({ 'docProps/core.xml': 'canary'.repeat(50) })],
]

describe('S11 a hostile or broken file', () => {
  it.each(MADE)('%s stops nobody: bytes changed, cut and doubled', (mime, made) => {
    const changes = fc.array(fc.tuple(fc.nat(made.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 })
    const broken = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([made.subarray(0, 12), bytes])),
      fc.tuple(changes, fc.nat(made.length)).map(([changed, end]) => {
        const bytes = Buffer.concat([made, made])
        for (const [at, value] of changed) bytes[at] = value
        return bytes.subarray(0, made.length + end)
      }),
      fc.nat(made.length).map((end) => made.subarray(0, end)),
    )
    fc.assert(
      fc.property(broken, (bytes) => {
        const before = Buffer.from(bytes)
        expect(withoutTraces(bytes, mime).length).toBeLessThanOrEqual(bytes.length + ADDED_BYTES_MAX)
        expect(bytes.equals(before)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('made to be slow is not', () => {
    const many = (piece: Buffer | string, bytes = 4_000_000) => Buffer.alloc(bytes, piece)
    const started = performance.now()
    withoutTraces(Buffer.concat([Buffer.from('ffd8', 'hex'), many(Buffer.from('fffe0002', 'hex'))]), 'image/jpeg')
    withoutTraces(many(Buffer.from('ff00', 'hex')), 'image/jpeg')
    withoutTraces(many(box('free')), 'video/mp4')
    for (const piece of ['/Info 1 0 R 1 0 obj (', '/Info 1 0 R', '1 0 obj (x', '<x:xmpmeta', '/Info        1', '11111'])
      withoutTraces(many(piece), 'application/pdf')
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  it('is given back untouched when nobody reads its kind', () => {
    const bytes = Buffer.from('plain words')
    expect(withoutTraces(bytes, 'text/plain')).toBe(bytes)
  })
})
