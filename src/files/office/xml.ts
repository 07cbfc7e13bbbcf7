/** XML parts of Office files, read as a stream: no document types, no entities but the five of XML, bounded depth. */
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { unreadable } from '../unreadable.js';

/** Names of elements and attributes come without their prefix. */
export type XmlHandlers = {
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  /** One text may come in several pieces. */
  text?(text: string): void;
};

/** Office documents nest some dozens deep, nested tables included. */
const MAX_DEPTH = 500;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function localNames(attributes: Record<string, string>): Record<string, string> {
  const local: Record<string, string> = {};
  for (const name in attributes) local[localName(name)] ??= attributes[name] ?? '';
  return local;
}

const broken = (error: unknown) =>
  unreadable('文件内容已损坏,无法读取', '用编写它的程序打开,另存后重新导入', error);

/** Errors of the handlers pass unchanged; anything that is not well-formed XML is thrown as `unreadable`. */
export async function parseXml(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  handlers: XmlHandlers,
): Promise<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  parser.on('error', (error) => {
    throw broken(error);
  });
  parser.on('doctype', () => {
    throw unreadable(
      '文件内含 XML 文档类型声明(DOCTYPE),为安全起见不予读取',
      '核实文件来源;确系本单位清单的,用 Office 或 WPS 另存后重新导入',
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > MAX_DEPTH) throw broken(new Error(`elements nest deeper than ${MAX_DEPTH}`));
    handlers.open?.(localName(name), localNames(attributes));
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    handlers.close?.(localName(name));
  });
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  let decoder: TextDecoder | undefined;
  const decode = (bytes?: Uint8Array): string => {
    try {
      decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (error) {
      throw broken(error);
    }
  };
  for await (const bytes of pieces) if (bytes.length > 0) parser.write(decode(bytes));
  const rest = decode();
  if (rest) parser.write(rest);
  parser.close();
}

/** Office writes UTF-8; UTF-16 is the other encoding that the standard allows (ECMA-376 part 2), marked by a BOM. */
function encodingOf(bytes: Uint8Array | undefined): string {
  if (bytes?.[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes?.[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
