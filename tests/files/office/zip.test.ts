import { describe, expect, it } from 'vitest';
import { openZip, ZIP_LIMITS } from '../../../src/files/office/zip.js';
import { unreadableProblem } from '../../../src/files/unreadable.js';
import { zipOf } from '../../helpers/office-file.js';

const MIB = 1024 * 1024;
const problemOf = async (work: () => Promise<unknown>) => {
  const error: unknown = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return unreadableProblem('清单.docx', error);
};
const readAll = async (bytes: Buffer, name: string) => {
  const zip = await openZip(bytes, 'DOCX');
  const pieces: Uint8Array[] = [];
  for await (const piece of zip.read(name)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe('openZip', () => {
  it('reads entries by their name, without regard to case', async () => {
    const bytes = zipOf([{ name: 'word/Document.xml', data: '正文' }]);
    expect((await openZip(bytes, 'DOCX')).names).toEqual(['word/Document.xml']);
    expect(await readAll(bytes, 'word/document.xml')).toBe('正文');
  });

  it('refuses more than 64 MiB of all entries before it unpacks one', async () => {
    // Noise does not pack: only its size can be refused.
    const noise = Buffer.from(Array.from({ length: MIB }, (_, i) => Math.imul(i * i, 0x9e3779b1) >>> 24));
    const half = { data: noise, claimedSize: ZIP_LIMITS.inflatedBytes / 2 + 1 };
    const problem = await problemOf(() =>
      openZip(
        zipOf([
          { name: 'a', ...half },
          { name: 'b', ...half },
        ]),
        'DOCX',
      ),
    );
    expect(problem).toMatchObject({ file: '清单.docx', row: 0, column: '' });
    expect(problem.message).toContain('64 MiB');
  });

  it('stops a bomb that claims to be small at the first byte too many', async () => {
    const bomb = zipOf([{ name: 'word/document.xml', data: Buffer.alloc(80 * MIB), claimedSize: 100 }]);
    const zip = await openZip(bomb, 'DOCX');
    let inflated = 0;
    const problem = await problemOf(async () => {
      for await (const piece of zip.read('word/document.xml')) inflated += piece.length;
    });
    expect(problem.message).toContain('已损坏');
    expect(inflated).toBeLessThanOrEqual(100);
  });

  it('refuses an entry that is packed a thousandfold', async () => {
    const problem = await problemOf(() =>
      openZip(zipOf([{ name: 'a', data: Buffer.alloc(8 * MIB) }]), 'DOCX'),
    );
    expect(problem.message).toContain('压缩比');
  });

  it('reads text that packs well', async () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `<row><c>${i}</c><c>负责日常巡查</c></row>`).join(
      '',
    );
    expect(await readAll(zipOf([{ name: 'a', data: text }]), 'a')).toBe(text);
  });

  it('refuses a flood of entries', async () => {
    const entries = Array.from({ length: ZIP_LIMITS.entries + 1 }, (_, i) => ({ name: `e${i}`, data: '' }));
    expect((await problemOf(() => openZip(zipOf(entries), 'XLSX'))).message).toContain(
      String(ZIP_LIMITS.entries + 1),
    );
  });

  it('refuses two entries of one name', async () => {
    const twice = zipOf([
      { name: 'word/document.xml', data: '1' },
      { name: 'word/DOCUMENT.xml', data: '2' },
    ]);
    expect((await problemOf(() => openZip(twice, 'DOCX'))).message).toContain('已损坏');
  });

  it.each([
    ['an empty file', Buffer.alloc(0), '空的'],
    ['a file of another kind', Buffer.from('序号,事项\n'), '不是 DOCX'],
    ['a truncated file', zipOf([{ name: 'a', data: '正文'.repeat(500) }]).subarray(0, 60), '不完整'],
    ['an encrypted entry', zipOf([{ name: 'a', data: '1', isEncrypted: true }]), '密码'],
  ])('says what is wrong with %s', async (_, bytes, expected) => {
    const problem = await problemOf(() => openZip(bytes, 'DOCX'));
    expect(problem.message).toContain(expected);
    expect(problem.remedy).not.toBe('');
  });

  it('tells a password from the old format', async () => {
    const compound = (stream: string) =>
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.from(stream, 'utf16le'),
      ]);
    expect((await problemOf(() => openZip(compound('EncryptedPackage'), 'XLSX'))).message).toContain('密码');
    expect((await problemOf(() => openZip(compound('Workbook'), 'XLSX'))).message).toContain('XLS)');
    expect((await problemOf(() => openZip(compound('WordDocument'), 'DOCX'))).message).toContain('DOC)');
  });

  it('passes errors of the reader on unchanged', async () => {
    const zip = await openZip(zipOf([{ name: 'a', data: 'x' }]), 'DOCX');
    const work = async () => {
      for await (const piece of zip.read('a')) throw new RangeError(`bug at ${piece.length}`);
    };
    await expect(work()).rejects.toThrow(RangeError);
  });
});
