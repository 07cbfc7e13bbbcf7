/** Office files are ZIP files: opened with every limit checked before and while unpacking. */
import { Buffer } from 'node:buffer';
import { fromBufferPromise, type Entry } from 'yauzl';
import { unreadable } from '../unreadable.js';

export type ZipLimits = {
  /** Inflated bytes of all entries together. */
  inflatedBytes: number;
  entries: number;
  /** Inflated bytes for each packed one; Office files stay under some 100, a bomb of zeros has 1,000. */
  ratio: number;
};
export const ZIP_LIMITS: ZipLimits = { inflatedBytes: 64 * 1024 * 1024, entries: 4000, ratio: 400 };
/** Small entries inflate well and harm nobody. */
const RATIO_FROM_BYTES = 1024 * 1024;

/** Names are compared without case, as the Open Packaging Conventions do. */
export type Zip = {
  names: string[];
  has(name: string): boolean;
  /** The inflated bytes of an entry, piece by piece; throws `unreadable` on damage and on more bytes than declared. */
  read(name: string): AsyncGenerator<Uint8Array>;
};

export type OfficeFormat = 'DOCX' | 'XLSX';
const OLD_FORMAT: Record<OfficeFormat, string> = { DOCX: 'DOC', XLSX: 'XLS' };
const PROGRAM: Record<OfficeFormat, string> = { DOCX: 'Word 或 WPS 文字', XLSX: 'Excel 或 WPS 表格' };

const startsWith = (bytes: Uint8Array, start: number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);
const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04];
/** Compound File Binary Format: old Office files, and new ones with a password (MS-OFFCRYPTO). */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

function refuseOtherFormats(bytes: Buffer, format: OfficeFormat): void {
  if (bytes.length === 0) throw unreadable('文件是空的', '确认选择了正确的文件');
  if (startsWith(bytes, COMPOUND_FILE)) {
    if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')))
      throw unreadable('文件设有打开密码,无法读取', `用 ${PROGRAM[format]}打开,取消密码并另存后重新导入`);
    throw unreadable(
      `文件是旧格式(${OLD_FORMAT[format]}),无法读取`,
      `用 ${PROGRAM[format]}打开,另存为 ${format} 格式后重新导入`,
    );
  }
  if (!startsWith(bytes, LOCAL_HEADER))
    throw unreadable(
      `文件内容不是 ${format} 格式`,
      `用 ${PROGRAM[format]}打开,另存为 ${format} 格式后重新导入(只改扩展名不行)`,
    );
}

const isDeflateOrStored = (entry: Entry) => entry.compressionMethod === 8 || entry.compressionMethod === 0;
const damaged = (format: OfficeFormat, error?: unknown) =>
  unreadable(
    '文件不完整或已损坏,无法读取',
    `重新下载或复制该文件;仍不行的,用 ${PROGRAM[format]}修复后另存为 ${format} 格式`,
    error,
  );

/** Throws `unreadable` for everything that is no sound ZIP file within the limits. Nothing is inflated yet. */
export async function openZip(
  bytes: Uint8Array,
  format: OfficeFormat,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<Zip> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  refuseOtherFormats(buffer, format);
  const tooLarge = () =>
    unreadable(
      `文件解压后超过 ${Math.floor(limits.inflatedBytes / 1024 / 1024)} MiB,为安全起见不予读取`,
      '删去图片等与清单无关的内容,或把清单分成几个文件后重新导入',
    );
  const tooDense = () =>
    unreadable(
      '文件的压缩比异常(可能是恶意文件),为安全起见不予读取',
      '核实文件来源;确系本单位清单的,另存后重新导入',
    );

  const { zip, entries } = await listEntries(buffer, format, limits);
  let declared = 0;
  for (const entry of entries.values()) {
    if (entry.isEncrypted())
      throw unreadable('文件设有密码,无法读取', `用 ${PROGRAM[format]}打开,取消密码并另存后重新导入`);
    if (!isDeflateOrStored(entry)) throw damaged(format);
    declared += entry.uncompressedSize;
    if (declared > limits.inflatedBytes) throw tooLarge();
    if (
      entry.uncompressedSize > RATIO_FROM_BYTES &&
      entry.uncompressedSize > entry.compressedSize * limits.ratio
    )
      throw tooDense();
  }
  return {
    names: [...entries.values()].map((entry) => entry.fileName),
    has: (name) => entries.has(name.toLowerCase()),
    async *read(name) {
      const entry = entries.get(name.toLowerCase());
      if (!entry) throw damaged(format);
      const failure = (error: unknown) => {
        throw damaged(format, error);
      };
      // yauzl breaks the stream at the first byte beyond the declared size (validateEntrySizes).
      const stream = await zip.openReadStreamPromise(entry).catch(failure);
      const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
      try {
        // Errors of the consumer must pass unchanged, so only the reading is caught.
        for (;;) {
          const piece = await pieces.next().catch(failure);
          if (piece.done) return;
          yield piece.value;
        }
      } finally {
        stream.destroy();
      }
    },
  };
}

/** Entries by lower-case name. Two of one name are refused: programs differ in which of them they show. */
async function listEntries(buffer: Buffer, format: OfficeFormat, limits: ZipLimits) {
  const entries = new Map<string, Entry>();
  const zip = await fromBufferPromise(buffer).catch((error: unknown) => {
    throw damaged(format, error);
  });
  if (zip.entryCount > limits.entries)
    throw unreadable(
      `文件内含 ${zip.entryCount} 个部件,超过 ${limits.entries} 个,为安全起见不予读取`,
      '删去图片等与清单无关的内容后重新导入',
    );
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      if (entries.has(name)) throw new Error(`two entries are named ${name}`);
      entries.set(name, entry);
    }
  } catch (error) {
    throw damaged(format, error);
  }
  return { zip, entries };
}
