/** Calls of a webhook as platforms and others make them, and the doors that they knock at. */
import http from 'node:http';
import { createDoors } from '../../src/adapters/webhook.js';
import { createLogRecorder } from './context.js';

export type Reply = { status: number; text: string };

export type KnockOptions = {
  headers?: http.OutgoingHttpHeaders;
  method?: string;
  /** The body goes in so many pieces, one after the other. */
  parts?: number;
  /** The last piece is never sent. */
  isCut?: boolean;
};

/** Status 0: the connection ended without an answer. */
export function knock(url: string, body: string | Buffer, options: KnockOptions = {}): Promise<Reply> {
  const { method = 'POST', parts = 1, isCut = false } = options;
  const bytes = Buffer.from(body);
  const size = Math.max(1, Math.ceil(bytes.length / parts));
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', ...options.headers };
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        request.destroy();
      });
    });
    request.on('error', () => resolve({ status: 0, text: '' }));
    const next = (at: number): void => {
      if (at >= bytes.length) return void request.end();
      if (isCut && at + size >= bytes.length) return request.flushHeaders();
      request.write(bytes.subarray(at, at + size), () => setImmediate(next, at + size));
    };
    if (parts === 1 && !isCut) request.end(bytes);
    else next(0);
  });
}

/** Doors on a free port of loopback, whose address is known before any adapter opens one. */
export async function openDoors(options: { maxBytes?: number; bodyTimeoutMs?: number } = {}) {
  const log = createLogRecorder();
  const doors = createDoors({ host: '127.0.0.1', port: 0, log, ...options });
  const first = doors.at('/nobody');
  await first.open(() => Promise.resolve({ status: 404 }));
  const url = `http://127.0.0.1:${doors.address()?.port}`;
  return { ...doors, log, url, close: () => first.close() };
}
