/** Corrections of columns, remembered for each issuer and header, so that its next file needs none. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makePrivateFolder } from '../../files/private.js';
import { replaceFile } from '../../files/replace.js';
import { correctMapping, type Corrections, type Header } from './columns.js';
import { issuerOf } from './lines.js';
import type { Remap } from './tables.js';

/** By issuer, then by the labels of the header. */
const Memory = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string())));
type Memory = z.infer<typeof Memory>;

const fileIn = (dataDir: string): string => join(dataDir, 'import-columns.json');

/** An unreadable file is no reason to stop: the columns are then asked for again. */
export function loadMemory(dataDir: string): Memory {
  const file = fileIn(dataDir);
  if (!existsSync(file)) return {};
  try {
    const parsed = Memory.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

const recall = (memory: Memory, issuer: string, header: Header): Corrections =>
  memory[issuer]?.[header.key] ?? {};

export async function remember(
  dataDir: string,
  issuer: string,
  headers: Header[],
  corrections: Corrections,
): Promise<void> {
  const memory = loadMemory(dataDir);
  const known = (memory[issuer] ??= {});
  for (const header of headers) known[header.key] = corrections;
  makePrivateFolder(dataDir);
  await replaceFile(fileIn(dataDir), `${JSON.stringify(memory, null, 1)}\n`);
}

/** Corrections that were just given, else those remembered for the issuer that the file or the office names. */
export function remapOf(corrections: Corrections, memory: Memory, issuer: string | undefined): Remap {
  const isCorrected = Object.keys(corrections).length > 0;
  return {
    isForced: isCorrected || Object.keys(memory).length > 0,
    correct: (mapping, header, lines) =>
      correctMapping(mapping, isCorrected ? corrections : recall(memory, issuer ?? issuerOf(lines), header)),
  };
}
