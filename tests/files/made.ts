/** Files made by hand, byte by byte, as phones and offices make them: small, whole, and full of traces. */
import { constants, crc32, deflateRawSync, deflateSync } from 'node:zlib'

const u16 = (n: number) => Buffer.from([n >> 8, n & 255])
const u32 = (n: number) => Buffer.concat([u16(n >>> 16), u16(n & 0xffff)])
const le16 = (n: number) => u16(n).reverse()
const le32 = (n: number) => u32(n).reverse()
const latin = (text: string) => Buffer.from(text, 'latin1')
const join = Buffer.concat

const entry = (tag: number, type: number, count: number, value: Buffer) =>
  join([u16(tag), u16(type), u32(count), value])

/** An Exif of a phone: its make, which way up, and where it was (55°45' north). */
export function exifOf(orientation: number): Buffer {
  const gpsAt = 8 + 2 + 3 * 12 + 4
  const rationalsAt = gpsAt + 2 + 2 * 12 + 4
  const makeAt = rationalsAt + 24
  return join([
    latin('MM\0*\0\0\0\x08'),
    u16(3),
    entry(0x010f, 2, 12, u32(makeAt)),
    entry(0x0112, 3, 1, join([u16(orientation), u16(0)])),
    entry(0x8825, 4, 1, u32(gpsAt)),
    u32(0),
    u16(2),
    entry(0x0001, 2, 2, latin('N\0\0\0')),
    entry(0x0002, 5, 3, u32(rationalsAt)),
    u32(0),
    ...[55, 1, 45, 1, 7, 1].map(u32),
    latin('CanaryPhone\0'),
  ])
}

const segment = (mark: number, content: Buffer) => join([Buffer.from([0xff, mark]), u16(content.length + 2), content])

/** What is seen: one grey picture of 8 by 8, with its colours. */
const SEEN = {
  jfif: segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
  icc: segment(0xe2, latin('ICC_PROFILE\0\x01\x01colours')),
  tables: segment(0xdb, join([Buffer.from([0]), Buffer.alloc(64, 1)])),
  frame: segment(0xc0, Buffer.from('0800080008010111 00'.replaceAll(' ', ''), 'hex')),
  huffman: join([
    segment(0xc4, join([Buffer.from([0x00, 1]), Buffer.alloc(15), Buffer.from([0])])),
    segment(0xc4, join([Buffer.from([0x10, 1]), Buffer.alloc(15), Buffer.from([0])])),
  ]),
  scan: join([segment(0xda, Buffer.from('010100003f00', 'hex')), Buffer.from('3fff00ffd03f', 'hex')]),
}

export const jpegOf = (orientation: number): Buffer =>
  join([
    Buffer.from('ffd8', 'hex'),
    SEEN.jfif,
    segment(0xe1, join([latin('Exif\0\0'), exifOf(orientation)])),
    segment(0xe1, latin('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>canary</x:xmpmeta>')),
    SEEN.icc,
    segment(0xe2, latin('MPF\0canary')),
    segment(0xed, latin('Photoshop 3.0\0canary')),
    segment(0xfe, latin('canary')),
    SEEN.tables,
    SEEN.frame,
    SEEN.huffman,
    SEEN.scan,
    Buffer.from('ffd9', 'hex'),
    latin('ftypmp42 canary film'),
  ])

/** The same picture as it may be given on; `turn` is the Exif that is left. */
export const bareJpeg = (turn: Buffer = Buffer.alloc(0)): Buffer =>
  join([
    Buffer.from('ffd8', 'hex'),
    SEEN.jfif,
    turn.length > 0 ? segment(0xe1, join([latin('Exif\0\0'), turn])) : turn,
    SEEN.icc,
    SEEN.tables,
    SEEN.frame,
    SEEN.huffman,
    SEEN.scan,
    Buffer.from('ffd9', 'hex'),
  ])

const chunk = (name: string, content: Buffer) =>
  join([u32(content.length), latin(name), content, u32(crc32(join([latin(name), content])))])

export const pngOf = (...telling: [name: string, content: Buffer][]): Buffer =>
  join([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    ...telling.map(([name, content]) => chunk(name, content)),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ])

const riff = (name: string, content: Buffer) =>
  join([latin(name), le32(content.length), content, Buffer.alloc(content.length % 2)])

export const webpOf = (flags: number, ...telling: [name: string, content: Buffer][]): Buffer =>
  riff(
    'RIFF',
    join([
      latin('WEBP'),
      riff('VP8X', join([Buffer.from([flags]), Buffer.alloc(9)])),
      riff('VP8L', Buffer.from('2f00000000', 'hex')),
      ...telling.map(([name, content]) => riff(name, content)),
    ]),
  )

export const box = (name: string, ...content: Buffer[]): Buffer =>
  join([u32(8 + content.reduce((sum, { length }) => sum + length, 0)), latin(name), ...content])

export const filmOf = (): Buffer =>
  join([
    box('ftyp', latin('mp42\0\0\0\0mp42')),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      box('trak', box('tkhd', Buffer.alloc(84)), box('udta', latin('canary'))),
      box('udta', box('\u00a9xyz', latin('+55.75+037.61/')), box('loci', latin('canary'))),
      box('meta', latin('com.apple.quicktime.make canary')),
    ),
    box('mdat', latin('the film itself')),
  ])

/** A photo of a newer phone: one item is the picture, one its Exif, both in `mdat`. */
export function heicOf(): Buffer {
  const [picture, exif] = [latin('the picture itself'), join([u32(6), latin('Exif\0\0'), exifOf(6)])]
  const item = (id: number, type: string) => box('infe', u32(0x02000000), u16(id), u16(0), latin(type), latin('\0'))
  const made = (offset: number) => {
    const place = (id: number, at: number, length: number) => join([u16(id), u16(0), u16(1), u32(at), u32(length)])
    const places = [place(1, offset, picture.length), place(2, offset + picture.length, exif.length)]
    return join([
      box('ftyp', latin('heic\0\0\0\0mif1heic')),
      box(
        'meta',
        u32(0),
        box('iinf', u32(0), u16(2), item(1, 'hvc1'), item(2, 'Exif')),
        box('iloc', u32(0), Buffer.from([0x44, 0]), u16(2), ...places),
      ),
    ])
  }
  return join([made(made(0).length + 8), box('mdat', picture, exif)])
}

/** A paper whose Info is spelled in every way that PDF has. */
export const pdfOf = (): Buffer =>
  latin(`%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R /Outlines 7 0 R /Metadata 5 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
3 0 obj <</Author (Canary \\) of (the) livestream) /Creator <43616e617279> /Producer 4 0 R /Title(Canary)
/CreationDate (D:20261120190500Z) /Firm [(Canary) <FEFF0043>]>> endobj
4 0 obj (CanaryOffice) endobj
5 0 obj <</Type /Metadata /Subtype /XML /Length 92>> stream
<?xpacket begin="" id="x"?><x:xmpmeta><rdf:RDF>canary</rdf:RDF></x:xmpmeta><?xpacket end="w"?>
endstream endobj
7 0 obj <</Title (Chapter one)>> endobj
xref
0 1
0000000000 65535 f
trailer <</Root 1 0 R /Info 3 0 R>>
startxref
9
%%EOF`)

/** Packed so that little becomes much. */
export type Unfolding = { packed: Buffer; bytes: number }

const FOLD_BYTES = 16 * 1024 * 1024

/** Zeros without end: one packed piece, again and again, which no packer would write and every unpacker reads. */
export function unfolding(bytes: number): Unfolding {
  const piece = deflateRawSync(Buffer.alloc(FOLD_BYTES), { finishFlush: constants.Z_FULL_FLUSH })
  const pieces = Array.from({ length: Math.ceil(bytes / FOLD_BYTES) }, () => piece)
  // The last block, with nothing in it
  return { packed: join([...pieces, Buffer.from('0300', 'hex')]), bytes: pieces.length * FOLD_BYTES }
}

/** A zip as offices write it; `late` names the length behind each part instead of before it. */
export function zipOf(parts: Record<string, string | Unfolding>, late = false): Buffer {
  let at = 0
  const [bodies, list]: [Buffer[], Buffer[]] = [[], []]
  for (const [name, part] of Object.entries(parts)) {
    const { packed, bytes, sum } =
      typeof part === 'string'
        ? { packed: deflateRawSync(Buffer.from(part)), bytes: Buffer.byteLength(part), sum: crc32(part) }
        : { ...part, sum: 0 }
    const told = [le32(sum), le32(packed.length), le32(bytes)]
    const head = [le16(20), le16(late ? 8 : 0), le16(8), le32(0)]
    const names = [le16(name.length), le16(0)]
    const first = late ? [le32(0), le32(0), le32(0)] : told
    const last = late ? [latin('PK\x07\x08'), ...told] : []
    const body = join([latin('PK\x03\x04'), ...head, ...first, ...names, latin(name), packed, ...last])
    const end = [le16(0), le16(0), le16(0), le32(0), le32(at), latin(name)]
    list.push(join([latin('PK\x01\x02'), le16(20), ...head, ...told, ...names, ...end]))
    bodies.push(body)
    at += body.length
  }
  const all = join(list)
  const count = le16(list.length)
  return join([...bodies, all, latin('PK\x05\x06'), le32(0), count, count, le32(all.length), le32(at), le16(0)])
}
